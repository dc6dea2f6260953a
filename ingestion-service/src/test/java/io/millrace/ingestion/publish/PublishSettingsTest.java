package io.millrace.ingestion.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.kit.connection.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class PublishSettingsTest {

    @Test
    void defaultsArePinned() {
        assertThat(bind(Map.of()))
                .isEqualTo(new PublishSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(4),
                        Duration.ofMillis(2),
                        DataSize.ofKilobytes(128),
                        DataSize.ofMegabytes(64),
                        Compression.LZ4,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2)));
    }

    @Test
    void deliveryMustLeaveRoomForOneRequest() {
        String prefix = "millrace.ingestion.kafka.";
        assertThat(bind(Map.of(prefix + "delivery-timeout", "4002ms"))).isNotNull();
        assertThatThrownBy(() -> bind(Map.of(prefix + "delivery-timeout", "4001ms")))
                .rootCause()
                .hasMessageContaining("delivery-timeout");
        assertThat(bind(Map.of(prefix + "buffer-size", "128KB"))).isNotNull();
        assertThatThrownBy(() -> bind(Map.of(prefix + "buffer-size", "127KB")))
                .rootCause()
                .hasMessageContaining("buffer-size");
        for (String name : List.of("block-max", "slow-after")) {
            assertThatThrownBy(() -> bind(Map.of(prefix + name, "0s")))
                    .rootCause()
                    .hasMessageContaining("positive");
        }
        assertThat(bind(Map.of(prefix + "slow-after", "10s"))).isNotNull();
        assertThatThrownBy(() -> bind(Map.of(prefix + "slow-after", "10001ms")))
                .rootCause()
                .hasMessageContaining("slow-after");
    }

    @Test
    void whatTheAnswerPromisesCannotBeConfiguredAway() {
        KafkaSettings careless = new KafkaSettings(
                "localhost:9092", Map.of("acks", "0", "enable.idempotence", "false", "security.protocol", "SSL"));
        assertThat(PublishConfiguration.properties(careless, bind(Map.of()), "door"))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("delivery.timeout.ms", 10_000)
                .containsEntry("compression.type", "lz4")
                .containsEntry("security.protocol", "SSL");
    }

    private static PublishSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.ingestion.kafka", PublishSettings.class);
    }
}
