package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class QuestionLimitsTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("millrace.questions", QuestionLimits.class))
                .isEqualTo(new QuestionLimits(Duration.ofDays(18_263), 50_000, 100, 1_000, Duration.ofSeconds(2)));
    }

    @Test
    void nothingIsNotALimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuestionLimits(Duration.ZERO, 1, 1, 1, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new QuestionLimits(DAY, 0, 1, 1, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new QuestionLimits(DAY, 1, 0, 1, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new QuestionLimits(DAY, 1, 1, 0, DAY));
        assertThatIllegalArgumentException().isThrownBy(() -> new QuestionLimits(DAY, 1, 1, 1, Duration.ZERO));
    }
}
