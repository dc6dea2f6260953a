package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTest {
    private static final long START = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

    private final Bucket bucket = new Bucket(10, 50, START);

    @Test
    void isFullAtFirstAndSavesNoMoreThanItsCapacity() {
        assertThat(bucket.balance(START)).isEqualTo(50);
        assertThat(bucket.balance(after(60))).isEqualTo(50);
    }

    @Test
    void fillsAtItsRate() {
        bucket.take(50, START);
        assertThat(bucket.isOpen(START)).isFalse();
        assertThat(bucket.balance(after(2))).isCloseTo(20, within(1e-6));
        assertThat(bucket.untilFull(after(2))).isCloseTo(Duration.ofSeconds(3), Duration.ofMillis(1));
    }

    @Test
    void moreThanThereIsCanBeTakenAndIsMadeUpFor() {
        bucket.take(49, START);
        assertThat(bucket.isOpen(START)).isTrue();
        bucket.take(101, START);
        assertThat(bucket.isOpen(START)).isFalse();
        assertThat(bucket.untilOpen(START)).isCloseTo(Duration.ofSeconds(10), Duration.ofMillis(1));
        long open = START + bucket.untilOpen(START).toNanos();
        assertThat(bucket.isOpen(open - 1_000)).isFalse();
        assertThat(bucket.isOpen(open)).isTrue();
    }

    @Test
    void rateHoldsWhateverTheSizes() {
        double taken = 0;
        long now = START;
        for (int i = 0; i < 10_000; i++) {
            now += 10_000_000;
            if (bucket.isOpen(now)) {
                int size = 1 + i % 97;
                bucket.take(size, now);
                taken += size;
            }
        }
        assertThat(taken).isBetween(10.0 * 100, 10.0 * 100 + 50 + 97);
    }

    @Test
    void changeKeepsWhatIsThereAndWhatIsOwed() {
        bucket.change(1, 5, START);
        assertThat(bucket.balance(START)).isEqualTo(5);
        bucket.take(15, START);
        bucket.change(100, 500, START);
        assertThat(bucket.balance(START)).isEqualTo(-10);
        assertThat(bucket.balance(after(1))).isCloseTo(90, within(1e-6));
    }

    @Test
    void timeThatGoesBackwardsAddsNothing() {
        bucket.take(50, START);
        assertThat(bucket.balance(START - 1_000_000_000L)).isZero();
        assertThat(bucket.balance(after(1))).isCloseTo(10, within(1e-6));
    }

    /** {@link System#nanoTime} may begin anywhere, and overflow. */
    private static long after(int seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }
}
