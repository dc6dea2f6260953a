package io.millrace.audit;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How the ledger has gone on since the cut. An insert is in the tables a moment before its row is in the ledger, so
 * what was read of a table is comparable once the ledger has reached the highest offset read.
 */
final class LedgerProgress {
    /** Far above the time between an insert and its ledger row, unless its consumer is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);

    private final Cut cut;
    private final List<Ledger.Range> ranges;
    private final Map<LogPartition, Long> ends = new HashMap<>();

    private LedgerProgress(Cut cut, List<Ledger.Range> ranges) {
        this.cut = cut;
        this.ranges = ranges;
        ranges.forEach(range -> ends.merge(range.place(), range.end(), Math::max));
    }

    /** Waits for the ledger to reach these offsets, within limits. */
    static LedgerProgress past(Ledger ledger, Cut cut, Collection<Map<PartitionDay, StoredRows>> tables) {
        Map<LogPartition, Long> highest = new HashMap<>();
        tables.forEach(rows -> rows.forEach((where, stored) -> {
            if (stored.offsetMax() >= cut.end(where.place())) {
                highest.merge(where.place(), stored.offsetMax(), Math::max);
            }
        }));
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            LedgerProgress progress = new LedgerProgress(cut, ledger.since(cut, highest.keySet()));
            boolean reached =
                    highest.entrySet().stream().allMatch(offset -> progress.covers(offset.getKey(), offset.getValue()));
            if (reached || System.nanoTime() > deadlineNanos) {
                return progress;
            }
            LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
        }
    }

    /** Whether the ledger has reached an offset. */
    boolean covers(LogPartition place, long offset) {
        return offset < Math.max(cut.end(place), ends.getOrDefault(place, 0L));
    }

    /** {@return rows that a table must have beyond those below the cut, when it has the one at this offset} */
    long rowsUpTo(PartitionDay where, long offset) {
        LocalDate day = where.day();
        return ranges.stream()
                .filter(range ->
                        range.place().equals(where.place()) && range.day().equals(day) && range.start() <= offset)
                .mapToLong(Ledger.Range::stored)
                .sum();
    }
}
