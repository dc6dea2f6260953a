package io.millrace.analytics.tail;

import io.millrace.analytics.total.Total;
import io.millrace.analytics.total.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the live events of a selection come to, added up over partitions. Not for more than one thread. */
final class TailTotals {
    private final Selection selection;
    private final Map<String, Map<Long, Sum>> sums = new HashMap<>();

    /** What one selection comes to; nothing yet. */
    TailTotals(Selection selection) {
        this.selection = selection;
    }

    Sum of(String eventType, long startEpochSecond) {
        return sums.computeIfAbsent(selection.byType() ? eventType : "", _ -> new HashMap<>())
                .computeIfAbsent(startEpochSecond, _ -> new Sum(selection.users()));
    }

    /** {@return the totals of at least one event, in {@link Totals#ORDER}} */
    List<Total> totals() {
        List<Total> totals = new ArrayList<>();
        sums.forEach((group, points) -> points.forEach((start, sum) -> {
            // A minute may have events, and none in the part of it that is asked for.
            if (!sum.isEmpty()) {
                totals.add(new Total(group, start, sum.toMeasures()));
            }
        }));
        totals.sort(Totals.ORDER);
        return totals;
    }
}
