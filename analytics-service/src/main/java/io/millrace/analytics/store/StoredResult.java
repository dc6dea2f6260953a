package io.millrace.analytics.store;

import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one SELECT on one table said.
 *
 * @param table that it was read from
 * @param totals by group, then by start; of a question for the largest groups by anything but type, these alone, the
 *     largest first
 * @param all what all the rows come to that were asked for, without their users
 * @param highest M of each partition: the highest offset among the rows read; a partition without rows is not named
 * @param state as it was before the rows were read
 * @param settled whether it was the same afterwards; if not, the rows may be a mixture of two contents
 * @param complete whether retention dropped nothing that was asked for
 */
public record StoredResult(
        StoredTable table,
        List<Total> totals,
        Measures all,
        SortedMap<LogPartition, Long> highest,
        StorageState state,
        boolean settled,
        boolean complete) {
    /** A total with its name and its share of the lists, roughly; and a result without any. */
    private static final int TOTAL_BYTES = 160;

    private static final int RESULT_BYTES = 2_000;

    public StoredResult {
        totals = List.copyOf(totals);
        highest = Collections.unmodifiableSortedMap(new TreeMap<>(highest));
    }

    /** {@return about the memory it takes, in bytes} */
    public long bytes() {
        return RESULT_BYTES
                + totals.stream()
                        .mapToLong(
                                total -> TOTAL_BYTES + total.measures().users().bytes())
                        .sum();
    }

    /**
     * Up to where everything of a partition that was asked for is in this result: S, or behind M if that is further.
     * Tables are prefixes of the log, so with M in them all before it is, and what lies between M and S is in by S.
     */
    public long coveredTo(int logId, int partition) {
        long behindHighest = highest.getOrDefault(new LogPartition(logId, partition), -1L) + 1;
        return Math.max(state.end(logId, partition).offset(), behindHighest);
    }
}
