package io.millrace.analytics.tail;

import java.math.BigInteger;

/** The amounts of a {@link MinuteCell}, with their running total in 128 bits. */
final class RunningAmounts {
    private final LongColumn places = new LongColumn();
    private final LongColumn events = new LongColumn();
    private final LongColumn high = new LongColumn();
    private final LongColumn low = new LongColumn();
    private final SuffixMinimum least = new SuffixMinimum();
    /** Of the negated amounts, whose least is the greatest. */
    private final SuffixMinimum greatest = new SuffixMinimum();

    private long eventsBefore;
    private long highBefore;
    private long lowBefore;

    void add(long place, int weight, long micros) {
        int last = places.size() - 1;
        long sumLow = low(last) + micros * weight;
        long carry = Long.compareUnsigned(sumLow, low(last)) < 0 ? 1 : 0;
        high.add(high(last) + Math.multiplyHigh(micros, weight) + carry);
        low.add(sumLow);
        events.add(events(last) + weight);
        places.add(place);
        least.add(place, micros);
        greatest.add(place, -micros);
    }

    private long events(int index) {
        return index < 0 ? eventsBefore : events.get(index);
    }

    private long high(int index) {
        return index < 0 ? highBefore : high.get(index);
    }

    private long low(int index) {
        return index < 0 ? lowBefore : low.get(index);
    }

    /** Adds all from a place on. */
    void addFrom(long place, Sum sum) {
        int first = places.indexOfAtLeast(place);
        if (first < places.size()) {
            addBetween(first - 1, places.size() - 1, sum);
            sum.addExtremes(least.from(place), -greatest.from(place));
        }
    }

    /** Adds those from a place on that lie within a part of the minute, one by one. */
    void addFrom(long place, int fromMilli, int toMilli, Sum sum) {
        for (int i = places.indexOfAtLeast(place); i < places.size(); i++) {
            int milli = MinuteCell.milli(places.get(i));
            if (milli >= fromMilli && milli < toMilli) {
                addBetween(i - 1, i, sum);
                long micros = micros(i);
                sum.addExtremes(micros, micros);
            }
        }
    }

    /** Adds what lies behind one index, up to and with another. */
    private void addBetween(int before, int last, Sum sum) {
        long difference = low(last) - low(before);
        long borrow = Long.compareUnsigned(low(last), low(before)) < 0 ? 1 : 0;
        sum.addAmounts(events(last) - events(before), high(last) - high(before) - borrow, difference);
    }

    /** {@return the amount itself, which was multiplied by its weight} */
    private long micros(int index) {
        Sum one = new Sum(false);
        addBetween(index - 1, index, one);
        return one.amountMicros()
                .divide(BigInteger.valueOf(events(index) - events(index - 1)))
                .longValueExact();
    }

    void dropBelow(long place) {
        int count = places.indexOfAtLeast(place);
        eventsBefore = events(count - 1);
        highBefore = high(count - 1);
        lowBefore = low(count - 1);
        places.dropFirst(count);
        events.dropFirst(count);
        high.dropFirst(count);
        low.dropFirst(count);
        least.dropBelow(place);
        greatest.dropBelow(place);
    }

    long bytes() {
        return places.bytes() + events.bytes() + high.bytes() + low.bytes() + least.bytes() + greatest.bytes();
    }
}
