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
import org.springframework.util.unit.DataSize;

class DoorSettingsTest {

    @Test
    void defaultsArePinned() {
        assertThat(bind(Map.of()))
                .isEqualTo(new DoorSettings(
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(16),
                        200,
                        10_000,
                        Duration.ofSeconds(30),
                        DataSize.ofMegabytes(64),
                        10_000,
                        8,
                        1_000,
                        Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "body-size-max, 0B",
        "body-size-max, 17MB",
        "decompressed-size-max, 65MB",
        "in-flight-size-max, 15MB",
        "decompression-ratio-max, 0",
        "events-max, 0",
        "in-flight-requests-max, 0",
        "workers, 0",
        "workers-queue-max, 0",
        "body-timeout, 0s",
        "clock-margin, -1s"
    })
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
