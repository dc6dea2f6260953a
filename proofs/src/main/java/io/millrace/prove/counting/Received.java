package io.millrace.prove.counting;

import java.util.Arrays;

/** The records of one partition, whatever became of them: offset and LogAppendTime. Not for more than one thread. */
final class Received {
    private static final int CAPACITY_MIN = 1_024;

    private int size;
    private long[] offsets = new long[CAPACITY_MIN];
    private long[] millis = new long[CAPACITY_MIN];

    void add(long offset, long receivedAtMillis) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            millis = Arrays.copyOf(millis, 2 * size);
        }
        offsets[size] = offset;
        millis[size] = receivedAtMillis;
        size++;
    }

    /** {@return when the first record at an offset or behind it was received; never, where there is none} */
    long receivedFrom(long offset) {
        int found = Arrays.binarySearch(offsets, 0, size, offset);
        int index = found < 0 ? -found - 1 : found;
        return index == size ? Long.MAX_VALUE : millis[index];
    }

    /** {@return how many were received before a moment} */
    long before(long epochMillis) {
        return Arrays.stream(millis, 0, size)
                .filter(receivedAt -> receivedAt < epochMillis)
                .count();
    }

    long firstMillis() {
        return size == 0 ? Long.MAX_VALUE : millis[0];
    }

    int records() {
        return size;
    }
}
