package io.millrace.event;

import java.util.Arrays;

/**
 * Properties in the form in which ClickHouse keeps them ({@link EventProperties#toTextMap}), as slices: keys in the order
 * sent, of equal keys the place of the first and the value of the last.
 */
public final class PropertySlices {
    private TextSlice[] keys = {};
    private TextSlice[] values = {};
    private int size;

    PropertySlices() {}

    public int size() {
        return size;
    }

    public TextSlice key(int index) {
        return keys[index];
    }

    public TextSlice value(int index) {
        return values[index];
    }

    void clear() {
        size = 0;
    }

    /** Adds the key if it is not there. {@return the slice in which its value belongs} */
    TextSlice valueOf(byte[] bytes, int from, int length) {
        for (int i = 0; i < size; i++) {
            TextSlice known = keys[i];
            if (known.length() == length
                    && Arrays.equals(known.bytes(), known.from(), known.from() + length, bytes, from, from + length)) {
                return values[i];
            }
        }
        if (size == keys.length) {
            grow();
        }
        keys[size].set(bytes, from, length);
        return values[size++];
    }

    private void grow() {
        int from = keys.length;
        int to = Math.max(8, 2 * from);
        keys = Arrays.copyOf(keys, to);
        values = Arrays.copyOf(values, to);
        for (int i = from; i < to; i++) {
            keys[i] = new TextSlice();
            values[i] = new TextSlice();
        }
    }
}
