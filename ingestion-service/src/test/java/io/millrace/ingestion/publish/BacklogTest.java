package io.millrace.ingestion.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Duration SLOW_AFTER = Duration.ofSeconds(2);
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);

    private Duration now = Duration.ofDays(1);
    private final Backlog backlog = new Backlog(SLOW_AFTER, GIVEN_UP, () -> now.toNanos());

    @Test
    void isBehindAsLongAsTheOldestHasWaitedTooLong() {
        Backlog.Entry first = backlog.enter(10);
        pass(Duration.ofSeconds(1));
        Backlog.Entry second = backlog.enter(5);
        pass(Duration.ofSeconds(1));
        assertThat(backlog.isBehind()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(backlog.isBehind()).isTrue();
        first.leave(true);
        assertThat(backlog.isBehind()).isFalse();
        assertThat(backlog.events()).isEqualTo(5);
        pass(Duration.ofSeconds(1));
        assertThat(backlog.isBehind()).isTrue();
        second.leave(false);
        assertThat(backlog.isBehind()).isFalse();
        assertThat(backlog.events()).isZero();
    }

    @Test
    void answersOutOfOrderLeaveTheOldestInItsPlace() {
        Backlog.Entry first = backlog.enter(1);
        Backlog.Entry second = backlog.enter(1);
        second.leave(true);
        pass(SLOW_AFTER.plusMillis(1));
        assertThat(backlog.isBehind()).isTrue();
        first.leave(true);
        assertThat(backlog.isBehind()).isFalse();
    }

    @Test
    void nothingThatWaitsIsSettledNow() {
        assertThat(backlog.settledIn()).isZero();
    }

    /** A thousand a second, then a stop with five thousand under way: five seconds at that speed. */
    @Test
    void isSettledInTheTimeThatItsSpeedOfLateGives() {
        for (int second = 0; second < 20; second++) {
            for (int tenth = 0; tenth < 10; tenth++) {
                Backlog.Entry entry = backlog.enter(100);
                pass(Duration.ofMillis(100));
                entry.leave(true);
            }
        }
        backlog.enter(5_000);
        assertThat(backlog.settledIn()).isBetween(Duration.ofMillis(4_500), Duration.ofMillis(5_500));
    }

    @Test
    void withoutAnyAnswerIsSettledWhenItIsGivenUp() {
        backlog.enter(1);
        pass(Duration.ofSeconds(3));
        assertThat(backlog.settledIn()).isEqualTo(Duration.ofSeconds(7));
        pass(Duration.ofSeconds(8));
        assertThat(backlog.settledIn()).isZero();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
