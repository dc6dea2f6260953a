package io.millrace.kit.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BreakerSettingsTest {
    private static final String PREFIX = "millrace.breakers.";

    @Test
    void defaultsArePinned() {
        assertThat(bind(Map.of()))
                .isEqualTo(TestBreaker.DEFAULTS)
                .isEqualTo(new BreakerSettings(20, 5, 50, Duration.ofSeconds(2), 1, 10_000, Duration.ofDays(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "calls-min, 1, 0",
        "calls-min, 20, 21",
        "window-calls, 5, 4",
        "failure-percent, 1, 0",
        "failure-percent, 100, 101",
        "half-open-calls, 1, 0",
        "events-held-max, 1, 0",
        "open-time, 1ms, 0ms",
        "events-kept, 1ms, 0ms"
    })
    void limitsAreKept(String setting, String good, String bad) {
        assertThat(bind(Map.of(PREFIX + setting, good))).isNotNull();
        assertThatThrownBy(() -> bind(Map.of(PREFIX + setting, bad)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("millrace.breakers");
    }

    private static BreakerSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("millrace.breakers", BreakerSettings.class);
    }
}
