package io.millrace.analytics.total;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lists of totals. */
public final class Totals {
    /** As ClickHouse orders: by the bytes of the group's name, then by start. */
    public static final Comparator<Total> ORDER =
            Comparator.comparing(Total::group, Total.GROUP_ORDER).thenComparingLong(Total::startEpochSecond);

    private Totals() {}

    /**
     * Adds up what two lists have of the same group and start.
     *
     * @param stored in {@link #ORDER}
     * @param live in that order, too
     * @return in that order
     */
    public static List<Total> merged(List<Total> stored, List<Total> live) {
        if (live.isEmpty()) {
            return stored;
        }
        List<Total> merged = new ArrayList<>(stored.size() + live.size());
        int next = 0;
        for (Total total : stored) {
            while (next < live.size() && ORDER.compare(live.get(next), total) < 0) {
                merged.add(live.get(next++));
            }
            boolean same = next < live.size() && ORDER.compare(live.get(next), total) == 0;
            merged.add(same ? total.plus(live.get(next++)) : total);
        }
        merged.addAll(live.subList(next, live.size()));
        return merged;
    }
}
