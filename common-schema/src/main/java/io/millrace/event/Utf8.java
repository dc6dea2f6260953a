package io.millrace.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** UTF-8 (RFC 3629: no overlong forms, no surrogates). */
final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** {@return the bytes that a text has in UTF-8} */
    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether a text has more bytes than that in UTF-8. */
    static boolean isLongerThan(String text, int bytes) {
        // A UTF-16 unit is at most three of them, so most texts need no encoding to be judged.
        return text.length() > bytes / 3 && length(text) > bytes;
    }

    /** Whether bytes are UTF-8, without making a text of them. */
    static boolean isValid(byte[] bytes, int from, int to) {
        int at = asciiEnd(bytes, from, to);
        while (at < to) {
            int length = sequenceLength(bytes, at, to);
            if (length == 0) {
                return false;
            }
            at = asciiEnd(bytes, at + length, to);
        }
        return true;
    }

    /** {@return where the first byte is that is not ASCII} */
    private static int asciiEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= 4 * Long.BYTES && isAscii(fourLongs(bytes, at))) {
            at += 4 * Long.BYTES;
        }
        while (to - at >= Long.BYTES && isAscii((long) LONG.get(bytes, at))) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private static long fourLongs(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at)
                | (long) LONG.get(bytes, at + Long.BYTES)
                | (long) LONG.get(bytes, at + 2 * Long.BYTES)
                | (long) LONG.get(bytes, at + 3 * Long.BYTES);
    }

    private static boolean isAscii(long eightBytes) {
        return (eightBytes & HIGH_BITS) == 0;
    }

    /** Length of the sequence of more than one byte that starts there, 0 if none does. */
    private static int sequenceLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first < 0xC2 || first > 0xF4 || to - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
