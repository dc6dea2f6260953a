package io.millrace.consumer.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.consumer.range.LedgerEntry.Counts;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {
    private static final LogPartition PARTITION = new LogPartition(2, 0);
    private static final Instant LAST = Instant.parse("2026-11-20T23:59:59.999Z");

    @Test
    void countsAccountForEveryOffset() {
        assertThatCode(() -> entry(10, 20, new Counts(4, 3, 2, 1), LAST, LAST)).doesNotThrowAnyException();
        assertThatThrownBy(() -> entry(10, 20, new Counts(4, 3, 2, 2), LAST, LAST))
                .hasMessageContaining("2-0-10-20");
        assertThatThrownBy(() -> entry(10, 20, new Counts(4, 3, 2, 0), LAST, LAST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Counts(-1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void holdsAtLeastOneOffset() {
        assertThatThrownBy(() -> entry(10, 10, new Counts(0, 0, 0, 0), LAST, LAST))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void liesWithinOneUtcDay() {
        Counts one = new Counts(1, 0, 0, 0);
        assertThat(entry(0, 1, one, LAST.minusMillis(86_399_999), LAST).receivedDay())
                .isEqualTo(LocalDate.of(2026, 11, 20));
        assertThatThrownBy(() -> entry(0, 1, one, LAST, LAST.plusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> entry(0, 1, one, LAST, LAST.minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rangeLimitsEndWhereClickHouseWouldCutTheBlock() {
        assertThatCode(() -> new RangeLimits(RangeLimits.ROWS_MAX, 1, java.time.Duration.ZERO))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new RangeLimits(RangeLimits.ROWS_MAX + 1, 1, java.time.Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LedgerEntry entry(long start, long end, Counts counts, Instant from, Instant to) {
        return new LedgerEntry(PARTITION, start, end, counts, from, to, 0);
    }
}
