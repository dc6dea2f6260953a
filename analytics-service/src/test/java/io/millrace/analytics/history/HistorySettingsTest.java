package io.millrace.analytics.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class HistorySettingsTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final DataSize NOTHING = DataSize.ofBytes(0);

    @Test
    void defaultsAreAsDocumented() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("millrace.history", HistorySettings.class))
                .isEqualTo(new HistorySettings(
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)));
    }

    @Test
    void takesTheLimitsAndNotOnePast() {
        assertThat(new HistorySettings(NOTHING, NONE, NONE, LEAST, LEAST).memoryMax())
                .isEqualTo(NOTHING);
        Duration less = LEAST.negated();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistorySettings(DataSize.ofBytes(-1), NONE, NONE, LEAST, LEAST));
        assertThatIllegalArgumentException().isThrownBy(() -> new HistorySettings(NOTHING, less, NONE, LEAST, LEAST));
        assertThatIllegalArgumentException().isThrownBy(() -> new HistorySettings(NOTHING, NONE, less, LEAST, LEAST));
        assertThatIllegalArgumentException().isThrownBy(() -> new HistorySettings(NOTHING, NONE, NONE, NONE, LEAST));
        assertThatIllegalArgumentException().isThrownBy(() -> new HistorySettings(NOTHING, NONE, NONE, LEAST, NONE));
    }
}
