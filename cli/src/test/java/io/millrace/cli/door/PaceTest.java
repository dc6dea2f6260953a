package io.millrace.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long START_NANOS = -123_456_789L;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void beginsEmptyAndGrantsTheRate() {
        Pace pace = new Pace(1_000, 1_000, START_NANOS);
        assertThat(pace.available(START_NANOS)).isZero();
        assertThat(pace.available(START_NANOS + SECOND / 2)).isEqualTo(500);
        assertThat(pace.available(START_NANOS + SECOND)).isEqualTo(1_000);
    }

    @Test
    void doesNotDriftOverDaysHoweverItIsAsked() {
        Pace pace = new Pace(7, 100, START_NANOS);
        long taken = 0;
        long dayNanos = 3 * 24 * 3_600 * SECOND;
        // An awkward step, so that every single grant has to be rounded.
        for (long now = 0; now <= dayNanos; now += 333_333_337L) {
            long events = pace.available(START_NANOS + now);
            pace.take(events);
            taken += events;
        }
        taken += pace.available(START_NANOS + dayNanos);
        assertThat(taken).isEqualTo(7L * 3 * 24 * 3_600);
    }

    @Test
    void forfeitsWhatExceedsTheBurst() {
        Pace pace = new Pace(1_000, 50, START_NANOS);
        assertThat(pace.available(START_NANOS + 10 * SECOND)).isEqualTo(50);
        pace.take(50);
        assertThat(pace.available(START_NANOS + 10 * SECOND)).isZero();
        assertThat(pace.available(START_NANOS + 10 * SECOND + SECOND / 100)).isEqualTo(10);
    }

    @Test
    void tellsToTheNanosecondHowLongToWait() {
        Pace pace = new Pace(3, 3, START_NANOS);
        long wait = pace.nanosUntil(1, START_NANOS);
        assertThat(wait).isEqualTo(333_333_334L);
        assertThat(pace.available(START_NANOS + wait - 1)).isZero();
        assertThat(pace.available(START_NANOS + wait)).isEqualTo(1);
        assertThat(pace.nanosUntil(1, START_NANOS + wait)).isZero();
    }

    @Test
    void whatWasTakenTooEarlyIsMadeUpForLater() {
        Pace pace = new Pace(10, 10, START_NANOS);
        pace.take(10);
        assertThat(pace.nanosUntil(5, START_NANOS)).isEqualTo(SECOND + SECOND / 2);
    }

    @Test
    void highestRateForALongTimeDoesNotOverflow() {
        Pace pace = new Pace(Pace.PER_SECOND_MAX, 1, 0);
        long yearNanos = 365 * 24 * 3_600 * SECOND;
        pace.take(yearNanos - 1);
        assertThat(pace.available(yearNanos)).isEqualTo(1);
    }

    @Test
    void refusesRatesAndWishesItCannotKeep() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(Pace.PER_SECOND_MAX + 1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(5, 5, 0).nanosUntil(6, 0));
    }
}
