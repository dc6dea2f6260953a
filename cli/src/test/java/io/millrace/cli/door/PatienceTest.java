package io.millrace.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PatienceTest {
    private static final double LONGEST = Math.nextDown(1.0);
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofSeconds(5));

    @Test
    void defaultsAreTheseValues() {
        assertThat(Patience.DEFAULT).isEqualTo(PATIENCE);
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(pauseMillis(1)).isEqualTo(100);
        assertThat(pauseMillis(2)).isEqualTo(200);
        assertThat(pauseMillis(6)).isEqualTo(3_200);
        assertThat(pauseMillis(7)).isEqualTo(5_000);
        assertThat(pauseMillis(1_000)).isEqualTo(5_000);
    }

    @Test
    void chanceShortensAPauseToHalfAtMost() {
        assertThat(PATIENCE.pause(1, Duration.ZERO, Duration.ZERO, 0)).contains(Duration.ofMillis(50));
    }

    @Test
    void serversWishIsNeverUndercut() {
        assertThat(PATIENCE.pause(1, Duration.ZERO, Duration.ofSeconds(7), 0)).contains(Duration.ofSeconds(7));
        assertThat(PATIENCE.pause(7, Duration.ZERO, Duration.ofMillis(1), 0)).contains(Duration.ofMillis(2_500));
    }

    @Test
    void lastTryComesWhenTheTotalHasPassed() {
        Duration almost = Duration.ofSeconds(60).minusMillis(3);
        assertThat(PATIENCE.pause(9, almost, Duration.ZERO, 0)).contains(Duration.ofMillis(3));
        assertThat(PATIENCE.pause(9, Duration.ofSeconds(60), Duration.ZERO, 0)).isEmpty();
    }

    @Test
    void givesUpAtOnceWhenTheServerAsksForLongerThanIsLeft() {
        Duration half = Duration.ofSeconds(30);
        assertThat(PATIENCE.pause(1, half, half, 0)).contains(half);
        assertThat(PATIENCE.pause(1, half, half.plusNanos(1), 0)).isEmpty();
    }

    private static long pauseMillis(int failures) {
        return Math.round(PATIENCE.pause(failures, Duration.ZERO, Duration.ZERO, LONGEST)
                        .orElseThrow()
                        .toNanos()
                / 1e6);
    }
}
