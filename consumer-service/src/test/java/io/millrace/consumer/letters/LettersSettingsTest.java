package io.millrace.consumer.letters;

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

class LettersSettingsTest {
    private static LettersSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.letters", LettersSettings.class);
    }

    @Test
    void defaultsAreThese() {
        assertThat(settings(Map.of()))
                .isEqualTo(new LettersSettings(
                        500, DataSize.ofMegabytes(8), 1_000, Duration.ofSeconds(30), Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource({"listed-max,1", "listed-max,10000", "replayed-max,10000", "page-bytes-max,1B", "search-timeout,1ms"})
    void limitsAreTaken(String name, String value) {
        assertThat(settings(Map.of("millrace.letters." + name, value))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "listed-max,0",
        "listed-max,10001",
        "replayed-max,0",
        "replayed-max,10001",
        "page-bytes-max,0B",
        "read-timeout,0ms",
        "search-timeout,0ms"
    })
    void oneBeyondIsNot(String name, String value) {
        assertThatThrownBy(() -> settings(Map.of("millrace.letters." + name, value)))
                .rootCause()
                .hasMessageContaining("millrace.letters: " + name);
    }
}
