package io.millrace.analytics.tail;

import io.millrace.analytics.total.Measures;
import io.millrace.analytics.unique.UniqState;
import io.millrace.analytics.unique.Users;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Adds up what events come to. Amounts times weights in 128 bits, which 10^18 events at the limits do not fill. */
final class Sum {
    private long rows;
    private long events;
    private long amountEvents;
    private long high;
    private long low;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private final @Nullable UniqState users;

    /**
     * Of nothing yet.
     *
     * @param withUsers whether users are counted, too
     */
    Sum(boolean withUsers) {
        users = withUsers ? new UniqState() : null;
    }

    boolean isEmpty() {
        return events == 0;
    }

    /**
     * Adds events.
     *
     * @param moreRows how many records they are
     * @param more how many they stand for
     */
    void addEvents(long moreRows, long more) {
        rows += moreRows;
        events += more;
    }

    /**
     * Adds what events with amounts have beside being events.
     *
     * @param sumHigh the upper half of their sum in millionths
     * @param sumLow the lower half, unsigned
     */
    void addAmounts(long more, long sumHigh, long sumLow) {
        amountEvents += more;
        long before = low;
        low += sumLow;
        high += sumHigh + (Long.compareUnsigned(low, before) < 0 ? 1 : 0);
    }

    void addExtremes(long least, long greatest) {
        min = Math.min(min, least);
        max = Math.max(max, greatest);
    }

    boolean countsUsers() {
        return users != null;
    }

    /**
     * Adds the user of an event, if users are counted.
     *
     * @param hash of {@link UniqState#hash}
     */
    void addUser(int hash) {
        if (users != null) {
            users.addHash(hash);
        }
    }

    /** {@return the sum of the amounts in millionths} */
    BigInteger amountMicros() {
        return high == low >> (Long.SIZE - 1)
                ? BigInteger.valueOf(low)
                : BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
    }

    Measures toMeasures() {
        return new Measures(
                rows, events, amountEvents, amountMicros(), min, max, users == null ? Users.NONE : Users.of(users));
    }
}
