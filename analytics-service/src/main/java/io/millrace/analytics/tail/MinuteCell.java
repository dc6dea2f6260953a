package io.millrace.analytics.tail;

import org.jspecify.annotations.Nullable;

/**
 * The events of one type in one minute of event time, by offset, with running totals: what lies behind an offset is the
 * last total less the one before it, which a binary search finds. Not for more than one thread.
 *
 * <p>An event takes 24 bytes, one with an amount 56 to 88, plus up to half of that to spare.
 */
final class MinuteCell {
    static final int MILLIS = 60_000;

    /** In place of a user's hash: the event has no user. Hashes are 32 bits, this is none. */
    static final long NO_USER = -1;

    /** An offset and the millisecond within the minute are kept in one number, which is in the order of the offsets. */
    private static final int MILLI_BITS = 16;

    /** The objects of a cell and its places in the maps, roughly. */
    private static final int OWN_BYTES = 200;

    private final LongColumn places = new LongColumn();
    private final LongColumn events = new LongColumn();
    private final LongColumn users = new LongColumn();
    private long eventsBefore;
    private @Nullable RunningAmounts amounts;

    /**
     * Adds an event.
     *
     * @param user the hash of its user, of {@link io.millrace.analytics.unique.UniqState#hash}, without a sign; or
     *     {@link #NO_USER}
     */
    void add(long offset, int milli, int weight, long user) {
        events.add((events.size() == 0 ? eventsBefore : events.last()) + weight);
        users.add(user);
        places.add(place(offset, milli));
    }

    /** Adds the amount of the event that was added last. */
    void addAmount(int weight, long micros) {
        if (amounts == null) {
            amounts = new RunningAmounts();
        }
        amounts.add(places.last(), weight, micros);
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
            sum.addEvents(events.size() - first, events.last() - before(first));
            for (int i = first; sum.countsUsers() && i < users.size(); i++) {
                addUser(i, sum);
            }
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
                sum.addEvents(1, events.get(i) - before(i));
                addUser(i, sum);
            }
        }
        if (amounts != null) {
            amounts.addFrom(place(offset, 0), fromMilli, toMilli, sum);
        }
    }

    private void addUser(int index, Sum sum) {
        long user = users.get(index);
        if (user != NO_USER) {
            sum.addUser((int) user);
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
        users.dropFirst(count);
        if (amounts != null) {
            amounts.dropBelow(place(offset, 0));
        }
    }

    long bytes() {
        return OWN_BYTES + places.bytes() + events.bytes() + users.bytes() + (amounts == null ? 0 : amounts.bytes());
    }
}
