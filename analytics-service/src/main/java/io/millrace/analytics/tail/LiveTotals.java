package io.millrace.analytics.tail;

import io.millrace.analytics.total.Total;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the tails said to a selection.
 *
 * @param totals over the partitions that held all from the offset asked for on
 * @param reaches what each tail held when it was asked; partitions that nobody holds are not named
 */
public record LiveTotals(List<Total> totals, SortedMap<Integer, Reach> reaches) {
    /** Nobody said anything. */
    public static final LiveTotals NONE = new LiveTotals(List.of(), new TreeMap<>());

    public LiveTotals {
        totals = List.copyOf(totals);
        reaches = Collections.unmodifiableSortedMap(new TreeMap<>(reaches));
    }
}
