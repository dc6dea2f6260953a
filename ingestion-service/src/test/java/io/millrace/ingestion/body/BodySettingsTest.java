package io.millrace.ingestion.body;

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

class BodySettingsTest {

    @Test
    void defaultsArePinned() {
        assertThat(bind(Map.of()))
                .isEqualTo(new BodySettings(
                        DataSize.ofMegabytes(4),
                        DataSize.ofMegabytes(16),
                        200,
                        Duration.ofSeconds(30),
                        DataSize.ofMegabytes(64),
                        10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "body-size-max, 0B",
        "body-size-max, 17MB",
        "decompressed-size-max, 65MB",
        "in-flight-size-max, 15MB",
        "decompression-ratio-max, 0",
        "in-flight-requests-max, 0",
        "body-timeout, 0s"
    })
    void valuesThatCannotWorkAreRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.ingestion." + name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.ingestion");
    }

    private static BodySettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.ingestion", BodySettings.class);
    }
}
