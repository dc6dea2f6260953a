package io.millrace.retention.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("millrace.retention", RetentionSettings.class))
                .isEqualTo(new RetentionSettings(
                        true,
                        Duration.ofHours(1),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        1_000,
                        10_000,
                        Duration.ofSeconds(15)));
    }

    @Test
    void nothingIsNotALimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(true, Duration.ZERO, SECOND, SECOND, 1, 1, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(true, SECOND, Duration.ZERO, SECOND, 1, 1, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(true, SECOND, SECOND, SECOND.negated(), 1, 1, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(true, SECOND, SECOND, SECOND, 0, 1, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(true, SECOND, SECOND, SECOND, 1, 0, SECOND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionSettings(true, SECOND, SECOND, SECOND, 1, 1, Duration.ZERO));
    }
}
