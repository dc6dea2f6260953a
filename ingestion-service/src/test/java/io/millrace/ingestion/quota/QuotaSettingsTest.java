package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class QuotaSettingsTest {

    @Test
    void defaultsArePinned() {
        QuotaSettings settings = bind(Map.of());
        assertThat(settings)
                .isEqualTo(new QuotaSettings(
                        null,
                        null,
                        5,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5)));
        assertThat(settings.defaultQuota()).isNull();
    }

    @Test
    void tenantsWithoutAQuotaCanHaveOneBySetting() {
        assertThat(bind(Map.of("millrace.ingestion.quotas.default-bytes-per-second", "9"))
                        .defaultQuota())
                .isEqualTo(new Quota(null, 9L, 5));
    }

    @ParameterizedTest
    @CsvSource({
        "default-events-per-second, 0",
        "default-bytes-per-second, 0",
        "exchange, 0s",
        "lease, 1999ms",
        "fresh, 0s"
    })
    void valuesThatCannotWorkAreRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.ingestion.quotas." + name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static QuotaSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.ingestion.quotas", QuotaSettings.class);
    }
}
