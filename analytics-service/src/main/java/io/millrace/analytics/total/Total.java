package io.millrace.analytics.total;

import java.util.Comparator;

/**
 * What the events of one group come to.
 *
 * @param group its name: an event type or what else is grouped by; empty when nothing is
 * @param startEpochSecond of the point; 0 in answers without points
 */
public record Total(String group, long startEpochSecond, Measures measures) {
    /** Groups in the order of answers, which is ClickHouse's: by their bytes in UTF-8, and so by code point. */
    public static final Comparator<String> GROUP_ORDER = Total::compareByCodePoint;

    /** {@return this and another of the same group and point, of other events, together} */
    Total plus(Total other) {
        return new Total(group, startEpochSecond, measures.plus(other.measures));
    }

    /** {@link String#compareTo} is by UTF-16's units, of which surrogates stand for code points behind all others. */
    private static int compareByCodePoint(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char one = a.charAt(i);
            char other = b.charAt(i);
            if (one != other) {
                return Character.isSurrogate(one) == Character.isSurrogate(other)
                        ? Character.compare(one, other)
                        : Boolean.compare(Character.isSurrogate(one), Character.isSurrogate(other));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
