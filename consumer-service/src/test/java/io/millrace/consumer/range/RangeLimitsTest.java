package io.millrace.consumer.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "PT-5S, PT1S",
        "PT0S, PT1S",
        "PT4S, PT1S",
        "PT4.004S, PT1.001S",
        "PT39.996S, PT9.999S",
        "PT40S, PT10S",
        "PT1H, PT10S"
    })
    void lateEventsWaitAQuarterOfTheirLateness(Duration late, Duration ageMax) {
        RangeLimits limits = new RangeLimits(5, 7, Duration.ofSeconds(1));
        assertThat(limits.inBacklog(late)).isEqualTo(new RangeLimits(5, 7, ageMax));
    }

    @ParameterizedTest
    @CsvSource({"PT40S", "PT1H"})
    void longAgeOfItsOwnIsKept(Duration late) {
        RangeLimits limits = new RangeLimits(5, 7, Duration.ofSeconds(20));
        assertThat(limits.inBacklog(late)).isEqualTo(limits);
    }

    @Test
    void partitionsRangesFallDueOneAfterTheOther() {
        RangeLimits limits = new RangeLimits(5, 7, Duration.ofSeconds(1));
        long second = Duration.ofSeconds(1).toNanos();
        for (int partitions : new int[] {2, 3, 12, 20}) {
            long[] dues = IntStream.range(0, partitions)
                    .mapToLong(partition -> Math.floorMod(limits.agesFrom(partition, 5 * second), second))
                    .sorted()
                    .toArray();
            for (int i = 0; i < partitions; i++) {
                long next = i + 1 < partitions ? dues[i + 1] : dues[0] + second;
                assertThat(next - dues[i])
                        .as("between two of %d partitions", partitions)
                        .isGreaterThan(second / partitions / 3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE / 2, -1_500_000_000, 0, 999_999_999, 1L << 60})
    void rangeIsNeverOlderThanItsAge(long now) {
        RangeLimits limits = new RangeLimits(5, 7, Duration.ofMillis(700));
        for (int partition = 0; partition < 100; partition++) {
            long from = limits.agesFrom(partition, now);
            assertThat(now - from).isBetween(0L, Duration.ofMillis(700).toNanos() - 1);
            assertThat(limits.agesFrom(partition, from))
                    .as("it is one of its moments")
                    .isEqualTo(from);
        }
    }

    @Test
    void rangeThatMayNotAgeIsDueAtOnce() {
        assertThat(new RangeLimits(5, 7, Duration.ZERO).agesFrom(3, 77)).isEqualTo(77);
    }
}
