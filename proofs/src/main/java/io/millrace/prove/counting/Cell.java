package io.millrace.prove.counting;

import java.util.Arrays;

/**
 * Events of one type in one stretch of event time and one partition, by offset, with what all up to each come to: what lies
 * below an offset is found by one binary search. Not for more than one thread.
 */
final class Cell {
    private static final int CAPACITY_MIN = 2;

    private int size;
    private int[] offsets = new int[CAPACITY_MIN];
    private long[] events = new long[CAPACITY_MIN];

    private int amounts;
    private int[] amountOffsets = {};
    private long[] amountEvents = {};
    private long[] sums = {};
    private long[] least = {};
    private long[] greatest = {};

    /** Adds the next event, by offset. */
    void add(Counted event) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        offsets[size] = event.offset();
        events[size] = (size == 0 ? 0 : events[size - 1]) + event.weight();
        size++;
        Long micros = event.amountMicros();
        if (micros != null) {
            addAmount(event.offset(), event.weight(), micros);
        }
    }

    private void addAmount(int offset, int weight, long micros) {
        if (amounts == amountOffsets.length) {
            int capacity = Math.max(CAPACITY_MIN, 2 * amounts);
            amountOffsets = Arrays.copyOf(amountOffsets, capacity);
            amountEvents = Arrays.copyOf(amountEvents, capacity);
            sums = Arrays.copyOf(sums, capacity);
            least = Arrays.copyOf(least, capacity);
            greatest = Arrays.copyOf(greatest, capacity);
        }
        boolean first = amounts == 0;
        int last = amounts - 1;
        long times = Math.multiplyExact(micros, weight);
        amountOffsets[amounts] = offset;
        amountEvents[amounts] = first ? weight : amountEvents[last] + weight;
        sums[amounts] = first ? times : Math.addExact(sums[last], times);
        least[amounts] = first ? micros : Math.min(least[last], micros);
        greatest[amounts] = first ? micros : Math.max(greatest[last], micros);
        amounts++;
    }

    /** Adds what lies below an offset. */
    void addBelow(long end, Numbers numbers) {
        int last = lastBelow(end, offsets, size);
        if (last >= 0) {
            numbers.addEvents(events[last]);
        }
        int lastAmount = lastBelow(end, amountOffsets, amounts);
        if (lastAmount >= 0) {
            numbers.addAmounts(amountEvents[lastAmount], sums[lastAmount], least[lastAmount], greatest[lastAmount]);
        }
    }

    /** {@return the index of the last offset below; -1 when there is none} */
    private static int lastBelow(long end, int[] sorted, int size) {
        if (end > Integer.MAX_VALUE) {
            return size - 1;
        }
        int found = Arrays.binarySearch(sorted, 0, size, (int) end);
        return (found < 0 ? -found - 1 : found) - 1;
    }
}
