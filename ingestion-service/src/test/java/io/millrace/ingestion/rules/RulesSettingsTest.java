package io.millrace.ingestion.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RulesSettingsTest {
    private static RulesSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.ingestion.rules", RulesSettings.class);
    }

    @Test
    void defaultsAreAsDocumented() {
        assertThat(bound(Map.of()))
                .isEqualTo(new RulesSettings(Duration.ofSeconds(10), Duration.ofSeconds(5), 100_000));
    }

    @Test
    void nothingIsZero() {
        for (String setting : new String[] {"refresh", "read-timeout", "schema-steps-max"}) {
            assertThatThrownBy(() -> bound(Map.of("millrace.ingestion.rules." + setting, "0")))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
