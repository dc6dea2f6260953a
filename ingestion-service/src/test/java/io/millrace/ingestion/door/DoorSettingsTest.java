package io.millrace.ingestion.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DoorSettingsTest {

    @Test
    void defaultsArePinned() {
        assertThat(bind(Map.of())).isEqualTo(new DoorSettings(10_000, 8, 1_000, Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource({"events-max, 0", "workers, 0", "workers-queue-max, 0", "clock-margin, -1s"})
    void valuesThatCannotWorkAreRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.ingestion." + name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.ingestion");
    }

    private static DoorSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.ingestion", DoorSettings.class);
    }
}
