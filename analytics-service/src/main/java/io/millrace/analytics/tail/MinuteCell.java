package io.millrace.analytics.tail;

import org.jspecify.annotations.Nullable;

/**
 * The events of one type in one minute of event time, by offset, with running totals: what lies behind an offset is the
 * last total less the one before it, which a binary search finds. Not for more than one thread.
 *
 * <p>An event takes 16 bytes, one with an amount 48 to 80, plus up to half of that to spare.
 */
final class MinuteCell {
    static final int MILLIS = 60_000;

    /** An offset and the millisecond within the minute are kept in one number, which is in the order of the offsets. */
    private static final int MILLI_BITS = 16;

    /** The objects of a cell and its places in the maps, roughly. */
    private static final int OWN_BYTES = 200;

    private final LongColumn places = new LongColumn();
    private final LongColumn events = new LongColumn();
    private long eventsBefore;
    private @Nullable RunningAmounts amounts;

    /** Adds an event without an amount. */
    void add(long offset, int milli, int weight) {
        events.add((events.size() == 0 ? eventsBefore : events.last()) + weight);
        places.add(place(offset, milli));
    }

    /** Adds an event with an amount. */
    void add(long offset, int milli, int weight, long micros) {
        add(offset, milli, weight);
        if (amounts == null) {
            amounts = new RunningAmounts();
        }
        amounts.add(place(offset, milli), weight, micros);
    }

    private static long place(long offset, int milli) {
        return offset << MILLI_BITS | milli;
    }

    static int milli(long place) {
        return (int) place & ((1 << MILLI_BITS) - 1);
    }

    /** Adds to a sum what came from an offset on. */
    void addFrom(long offset, Sum sum) {
        int first = places.indexOfAtLeast(place(offset, 0));
        if (first < places.size()) {
            sum.addEvents(events.last() - before(first));
            if (amounts != null) {
                amounts.addFrom(place(offset, 0), sum);
            }
        }
    }

    /** Adds to a sum what came from an offset on and lies within a part of the minute. Looks at each event. */
    void addFrom(long offset, int fromMilli, int toMilli, Sum sum) {
        if (fromMilli == 0 && toMilli == MILLIS) {
            addFrom(offset, sum);
            return;
        }
        for (int i = places.indexOfAtLeast(place(offset, 0)); i < places.size(); i++) {
            int milli = milli(places.get(i));
            if (milli >= fromMilli && milli < toMilli) {
                sum.addEvents(events.get(i) - before(i));
            }
        }
        if (amounts != null) {
            amounts.addFrom(place(offset, 0), fromMilli, toMilli, sum);
        }
    }

    /** {@return whether anything came from that offset on} */
    boolean reaches(long offset) {
        return places.size() > 0 && places.last() >= place(offset, 0);
    }

    private long before(int index) {
        return index == 0 ? eventsBefore : events.get(index - 1);
    }

    void dropBelow(long offset) {
        int count = places.indexOfAtLeast(place(offset, 0));
        eventsBefore = before(count);
        places.dropFirst(count);
        events.dropFirst(count);
        if (amounts != null) {
            amounts.dropBelow(place(offset, 0));
        }
    }

    long bytes() {
        return OWN_BYTES + places.bytes() + events.bytes() + (amounts == null ? 0 : amounts.bytes());
    }
}
