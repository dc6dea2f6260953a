package io.millrace.event;

import java.nio.charset.StandardCharsets;

/** A text as UTF-8 bytes within a larger array, in an object that is set again and again. Empty at first. */
public final class TextSlice {
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int from;
    private int length;

    /** Makes it the part of the array, which is not copied. */
    public void set(byte[] array, int start, int byteCount) {
        bytes = array;
        from = start;
        length = byteCount;
    }

    void set(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        set(encoded, 0, encoded.length);
    }

    void clear() {
        set(NOTHING, 0, 0);
    }

    /** The array that it is a part of. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where it starts. */
    public int from() {
        return from;
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    @Override
    public String toString() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
