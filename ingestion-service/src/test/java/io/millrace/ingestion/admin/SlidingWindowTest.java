package io.millrace.ingestion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    private static final long SECOND = 1_000_000_000L;

    private final SlidingWindow window = new SlidingWindow(3);

    @Test
    void soManyCallsAndNotOneMoreWithinAnyMinute() {
        assertThat(window.take(0)).isTrue();
        assertThat(window.take(20 * SECOND)).isTrue();
        assertThat(window.take(40 * SECOND)).isTrue();
        assertThat(window.take(60 * SECOND - 1)).isFalse();
        assertThat(window.take(60 * SECOND)).isTrue();
        assertThat(window.take(60 * SECOND)).isFalse();
        assertThat(window.take(80 * SECOND)).isTrue();
    }

    @Test
    void refusedCallsDoNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(window.take(i)).isEqualTo(i < 3);
        }
        assertThat(window.take(60 * SECOND)).isTrue();
    }

    @Test
    void tellsWhatIsLeftAndUntilWhen() {
        assertThat(window.remaining(0)).isEqualTo(3);
        assertThat(window.untilEmpty(0)).isZero();
        window.take(0);
        window.take(10 * SECOND);
        assertThat(window.remaining(10 * SECOND)).isEqualTo(1);
        assertThat(window.untilRoom(10 * SECOND)).isZero();
        window.take(20 * SECOND);
        assertThat(window.remaining(30 * SECOND)).isZero();
        assertThat(window.untilRoom(30 * SECOND)).isEqualTo(Duration.ofSeconds(30));
        assertThat(window.untilEmpty(30 * SECOND)).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void callThatIsGivenBackDoesNotCount() {
        window.take(0);
        window.take(1);
        window.giveBack(0);
        assertThat(window.remaining(1)).isEqualTo(2);
        assertThat(window.untilEmpty(1)).isEqualTo(Duration.ofMinutes(1));
    }
}
