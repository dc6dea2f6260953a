package io.millrace.analytics.store;

import io.millrace.analytics.total.Total;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one SELECT on one table said.
 *
 * @param table that it was read from
 * @param totals by type, then by start
 * @param highest M of each partition: the highest offset among the rows read; a partition without rows is not named
 * @param state as it was before the rows were read
 * @param settled whether it was the same afterwards; if not, the rows may be a mixture of two contents
 * @param complete whether retention dropped nothing that was asked for
 */
public record StoredResult(
        StoredTable table,
        List<Total> totals,
        SortedMap<LogPartition, Long> highest,
        StorageState state,
        boolean settled,
        boolean complete) {
    public StoredResult {
        totals = List.copyOf(totals);
        highest = Collections.unmodifiableSortedMap(new TreeMap<>(highest));
    }
}
