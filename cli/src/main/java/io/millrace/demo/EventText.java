package io.millrace.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes ASCII JSON fragments into a byte array of the caller's. No checks of its own: the array's bounds are the
 * limit, and {@link ShopTraffic} asks for enough room beforehand.
 */
final class EventText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int SECOND_CHARS = "2026-11-20T10:00:00".length();

    private byte[] target = new byte[0];
    private int position;
    private long cachedSecond = Long.MIN_VALUE;
    private byte[] cachedSecondText = new byte[0];

    void into(byte[] bytes, int from) {
        target = bytes;
        position = from;
    }

    int position() {
        return position;
    }

    EventText put(byte[] fragment) {
        System.arraycopy(fragment, 0, target, position, fragment.length);
        position += fragment.length;
        return this;
    }

    EventText put(String ascii) {
        for (int at = 0; at < ascii.length(); at++) {
            target[position++] = (byte) ascii.charAt(at);
        }
        return this;
    }

    EventText put(char character) {
        target[position++] = (byte) character;
        return this;
    }

    /** A version 4 UUID of the 122 bits left when version and variant have been set. */
    EventText putUuid(long high, long low) {
        long versioned = (high & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long varied = (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        putHex(versioned, 60, 8).put('-');
        putHex(versioned, 28, 4).put('-');
        putHex(versioned, 12, 4).put('-');
        putHex(varied, 60, 4).put('-');
        return putHex(varied, 44, 12);
    }

    /** RFC 3339 in UTC with milliseconds. The text down to the second is kept, as events come many to a second. */
    EventText putTime(long epochMillis) {
        long second = Math.floorDiv(epochMillis, 1_000L);
        if (second != cachedSecond) {
            cachedSecondText = Instant.ofEpochSecond(second)
                    .toString()
                    .substring(0, SECOND_CHARS)
                    .getBytes(StandardCharsets.US_ASCII);
            cachedSecond = second;
        }
        put(cachedSecondText).put('.');
        return putPadded((int) Math.floorMod(epochMillis, 1_000L), 3).put('Z');
    }

    EventText putNumber(int number) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return putPadded(number, digits);
    }

    EventText putPadded(int number, int digits) {
        int rest = number;
        for (int at = position + digits - 1; at >= position; at--) {
            target[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        position += digits;
        return this;
    }

    private EventText putHex(long bits, int highestShift, int digits) {
        int shift = highestShift;
        for (int digit = 0; digit < digits; digit++) {
            target[position++] = HEX[(int) (bits >>> shift) & 0xF];
            shift -= 4;
        }
        return this;
    }
}
