package io.millrace.ingestion.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class EventSettingsTest {

    @Test
    void defaultsArePinned() {
        assertThat(bind(Map.of()))
                .isEqualTo(new EventSettings(
                        DataSize.ofKilobytes(256), 32, 256, DataSize.ofBytes(256), DataSize.ofKilobytes(64)));
    }

    @ParameterizedTest
    @CsvSource({
        "event-size-max, 0B",
        "event-size-max, 262145B",
        "nesting-max, 0",
        "nesting-max, 33",
        "property-keys-max, 0",
        "property-keys-max, 257",
        "property-key-size-max, 0B",
        "property-key-size-max, 257B",
        "string-size-max, 0B",
        "string-size-max, 257KB"
    })
    void valuesThatCannotWorkAreRefused(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("millrace.ingestion." + name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.ingestion");
    }

    private static EventSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.ingestion", EventSettings.class);
    }
}
