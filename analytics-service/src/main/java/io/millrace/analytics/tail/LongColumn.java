package io.millrace.analytics.tail;

import java.util.Arrays;

/** Numbers in the order in which they came: added behind, dropped in front. */
final class LongColumn {
    private static final int CAPACITY_MIN = 4;

    private long[] values = new long[CAPACITY_MIN];
    private int size;

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    long last() {
        return values[size - 1];
    }

    void add(long value) {
        if (size == values.length) {
            // By half and not to the double: most columns stay short, and what is spare is counted as held.
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    void removeLast() {
        size--;
    }

    /** {@return the first index with a value of at least that, of values that only grow; the size when there is none} */
    int indexOfAtLeast(long bound) {
        int found = Arrays.binarySearch(values, 0, size, bound);
        return found < 0 ? -found - 1 : found;
    }

    void dropFirst(int count) {
        if (count > 0) {
            values = Arrays.copyOfRange(values, count, Math.max(size, count + CAPACITY_MIN));
            size -= count;
        }
    }

    long bytes() {
        return 16 + (long) values.length * Long.BYTES;
    }
}
