package io.millrace.analytics.tail;

/**
 * The least of all values from any place on. Kept are those that no later one is below, which are in order, so the first
 * of them behind a place is the answer: the stack of the "next smaller element" problem. Of random values about the
 * logarithm of their number are kept, at worst all.
 */
final class SuffixMinimum {
    private final LongColumn places = new LongColumn();
    private final LongColumn values = new LongColumn();

    /** Adds a value at a place behind all others. */
    void add(long place, long value) {
        while (values.size() > 0 && values.last() >= value) {
            places.removeLast();
            values.removeLast();
        }
        places.add(place);
        values.add(value);
    }

    /** {@return the least value from that place on, at or behind which there must be one} */
    long from(long place) {
        return values.get(places.indexOfAtLeast(place));
    }

    void dropBelow(long place) {
        int count = places.indexOfAtLeast(place);
        places.dropFirst(count);
        values.dropFirst(count);
    }

    long bytes() {
        return places.bytes() + values.bytes();
    }
}
