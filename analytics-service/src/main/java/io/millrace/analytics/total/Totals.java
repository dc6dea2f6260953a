package io.millrace.analytics.total;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lists of totals. */
public final class Totals {
    /** As ClickHouse orders: by the bytes of the type, then by start. */
    public static final Comparator<Total> ORDER =
            Comparator.comparing(Total::eventType, Totals::compareBytes).thenComparingLong(Total::startEpochSecond);

    private Totals() {}

    /**
     * Adds up what two lists have of the same type and start.
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

    /** Compares as the bytes of UTF-8 would, which is by code points; {@link String#compareTo} is by UTF-16's units. */
    private static int compareBytes(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char one = a.charAt(i);
            char other = b.charAt(i);
            if (one != other) {
                // Surrogates stand for code points behind all that are written with one unit.
                return Character.isSurrogate(one) == Character.isSurrogate(other)
                        ? Character.compare(one, other)
                        : Boolean.compare(Character.isSurrogate(one), Character.isSurrogate(other));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
