package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Different texts, each with its place in the order in which they came; a hash table with linear probing, at most half
 * full. Texts come from outside, so the hash is keyed at random, once for the process.
 */
final class TextDictionary {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long KEY0 = RANDOM.nextLong();
    private static final long KEY1 = RANDOM.nextLong() | 1;

    private static final int PLACES_MIN = 16;
    private static final int TEXT_BYTES_MIN = 256;

    /** What an entry takes beside its text: two ints at most for where it ends, four for its place. */
    private static final int ENTRY_BYTES = 6 * Integer.BYTES;

    /** Place plus 1, or 0 where there is none. */
    private int[] table = new int[2 * PLACES_MIN];

    private byte[] texts = new byte[TEXT_BYTES_MIN];
    private int[] ends = new int[PLACES_MIN];
    private int size;

    /** The place of a text, which is given one if it has none. */
    int place(byte[] bytes, int from, int length) {
        int mask = table.length - 1;
        int at = (int) hash(bytes, from, length) & mask;
        while (table[at] != 0) {
            if (isAt(table[at] - 1, bytes, from, length)) {
                return table[at] - 1;
            }
            at = (at + 1) & mask;
        }
        append(bytes, from, length);
        table[at] = size;
        if (2 * size > table.length) {
            rehash();
        }
        return size - 1;
    }

    int size() {
        return size;
    }

    /** Bytes it holds, about: arrays grow by doubling. */
    long bytes() {
        return size * (long) ENTRY_BYTES + 2L * start(size);
    }

    void writeTo(OutputStream out) throws IOException {
        TextColumn column = new TextColumn();
        for (int place = 0; place < size; place++) {
            column.add(texts, start(place), ends[place] - start(place));
        }
        column.writeValues(out);
    }

    private boolean isAt(int place, byte[] bytes, int from, int length) {
        int start = start(place);
        return ends[place] - start == length && Arrays.equals(texts, start, start + length, bytes, from, from + length);
    }

    private int start(int place) {
        return place == 0 ? 0 : ends[place - 1];
    }

    private void append(byte[] bytes, int from, int length) {
        int start = start(size);
        if (texts.length - start < length) {
            texts = Arrays.copyOf(texts, Math.max(start + length, 2 * texts.length));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
        }
        System.arraycopy(bytes, from, texts, start, length);
        ends[size++] = start + length;
    }

    private void rehash() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int place = 0; place < size; place++) {
            int at = (int) hash(texts, start(place), ends[place] - start(place)) & mask;
            while (table[at] != 0) {
                at = (at + 1) & mask;
            }
            table[at] = place + 1;
        }
    }

    /** Folds eight bytes at a time into a 128-bit product, as wyhash does. */
    private static long hash(byte[] bytes, int from, int length) {
        long hash = length ^ KEY0;
        int at = from;
        int end = from + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            hash = fold(hash ^ (long) LONG.get(bytes, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        return fold(hash ^ rest);
    }

    private static long fold(long value) {
        return Math.unsignedMultiplyHigh(value, KEY1) ^ (value * KEY1);
    }
}
