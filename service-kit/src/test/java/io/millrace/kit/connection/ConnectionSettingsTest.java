package io.millrace.kit.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.postgresql.client.SSLMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectionSettingsTest {
    private static final String POSTGRES = "postgresql://millrace:p%40ss:w%2Frd@db.example:5432/millrace";
    private static final String CLICKHOUSE = "http://writer:s%3Acret@ch.example:8123/?database=millrace";

    @Test
    void defaultsArePinned() {
        assertThat(bind("millrace.postgres", PostgresSettings.class, Map.of("millrace.postgres.url", POSTGRES)))
                .isEqualTo(new PostgresSettings(
                        POSTGRES,
                        SSLMode.PREFER,
                        10,
                        256,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5)));
        assertThat(bind("millrace.clickhouse", ClickHouseSettings.class, Map.of("millrace.clickhouse.url", CLICKHOUSE)))
                .isEqualTo(new ClickHouseSettings(
                        CLICKHOUSE, 16, 1_000, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(60)));
        assertThat(bind("millrace", KafkaSettings.class, Map.of("millrace.kafka", "127.0.0.1:9092")))
                .isEqualTo(new KafkaSettings("127.0.0.1:9092", Map.of()));
    }

    @Test
    void readsThePartsOfAUrlAndItsEscapes() {
        var postgres = bind("millrace.postgres", PostgresSettings.class, Map.of("millrace.postgres.url", POSTGRES))
                .server();
        assertThat(postgres.host()).isEqualTo("db.example");
        assertThat(postgres.password()).isEqualTo("p@ss:w/rd");
        var clickHouse =
                bind("millrace.clickhouse", ClickHouseSettings.class, Map.of("millrace.clickhouse.url", CLICKHOUSE));
        assertThat(clickHouse.server().password()).isEqualTo("s:cret");
        assertThat(clickHouse.database()).isEqualTo("millrace");
    }

    @Test
    void toStringKeepsSecrets() {
        Map<String, String> all = Map.of(
                "millrace.postgres.url",
                POSTGRES,
                "millrace.clickhouse.url",
                CLICKHOUSE,
                "millrace.kafka",
                "127.0.0.1:9092",
                "millrace.kafka-client.sasl.jaas.config",
                "password=hunter2");
        assertThat(bind("millrace.postgres", PostgresSettings.class, all).toString())
                .contains("db.example")
                .doesNotContain("w%2Frd", "w/rd");
        assertThat(bind("millrace.clickhouse", ClickHouseSettings.class, all).toString())
                .contains("ch.example")
                .doesNotContain("s%3Acret", "s:cret");
        assertThat(bind("millrace", KafkaSettings.class, all).toString())
                .contains("sasl.jaas.config")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no url at hunter2",
                "mysql://u:hunter2@h:1/db",
                "postgresql://u:hunter2@h/db",
                "postgresql://h:5432/db",
                "postgresql://u:hunter2@h:5432",
                "postgresql://u:hunter2@h:5432/a/b",
                "postgresql://u:hunter2@h:65536/db"
            })
    void refusesUrlThatIsNoPostgresqlAndDoesNotQuoteIt(String url) {
        assertThatThrownBy(() -> new PostgresSettings(
                        url, SSLMode.PREFER, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.postgres.url must look like postgresql://user:password@host:port/db")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void limitsStartAtOne() {
        Duration second = Duration.ofSeconds(1);
        Duration zero = Duration.ZERO;
        Duration least = Duration.ofMillis(1);
        assertThat(new PostgresSettings(POSTGRES, SSLMode.DISABLE, 1, 1, least, least, least))
                .isNotNull();
        assertThatThrownBy(() -> new PostgresSettings(POSTGRES, SSLMode.DISABLE, 0, 1, second, second, second))
                .hasMessageContaining("connections-max");
        assertThatThrownBy(() -> new PostgresSettings(POSTGRES, SSLMode.DISABLE, 1, 1, zero, second, second))
                .hasMessageContaining("connect-timeout");
        assertThatThrownBy(() -> new ClickHouseSettings(CLICKHOUSE, 1, 0, second, second, second))
                .hasMessageContaining("pending-max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", "a:1,", "http://host:9092", "u@h:1"})
    void refusesBootstrapServersWithoutHostAndPort(String servers) {
        assertThatThrownBy(() -> new KafkaSettings(servers, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("millrace.kafka must look like host:port");
    }

    @Test
    void kafkaClientsShareServersAndSecurity() {
        KafkaSettings settings = bind(
                "millrace",
                KafkaSettings.class,
                Map.of("millrace.kafka", "a:1,[::1]:2", "millrace.kafka-client.security.protocol", "SSL"));
        assertThat(settings.clientProperties("door"))
                .containsEntry("bootstrap.servers", "a:1,[::1]:2")
                .containsEntry("client.id", "door")
                .containsEntry("security.protocol", "SSL");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(new HashMap<>(properties))).bindOrCreate(prefix, type);
    }
}
