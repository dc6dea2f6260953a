package io.millrace.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * RFC 3339 date-times. {@link java.time.format.DateTimeFormatter} reads ISO 8601, which lets through what RFC 3339 does
 * not (no seconds, no offset) and costs more than the rest of an event together.
 */
final class Rfc3339 {
    private static final int SECONDS_END = 19;

    private Rfc3339() {}

    /**
     * The instant, cut to milliseconds. A leap second counts as the first second of the next minute.
     *
     * @throws InvalidEventException when the text is not an RFC 3339 date-time
     */
    static Instant parse(String text) {
        try {
            requireShape(text);
            int fractionEnd = fractionEnd(text);
            long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                    .toEpochDay();
            int hour = atMost(23, digits(text, 11, 13));
            int minute = atMost(59, digits(text, 14, 16));
            int second = atMost(60, digits(text, 17, SECONDS_END));
            long seconds = day * 86_400L + hour * 3_600L + minute * 60L + second - offsetSeconds(text, fractionEnd);
            return Instant.ofEpochMilli(seconds * 1_000 + millis(text, fractionEnd));
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            throw new InvalidEventException(
                    InvalidEvent.Code.TIMESTAMP_INVALID,
                    "timestamp must be an RFC 3339 date-time with an offset, or epoch milliseconds");
        }
    }

    private static void requireShape(String text) {
        char separator = text.charAt(10);
        boolean shaped = text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (separator == 'T' || separator == 't' || separator == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        if (!shaped) {
            throw new DateTimeException("separators");
        }
    }

    /** Where the offset starts: behind the seconds and their fraction, if there is one. */
    private static int fractionEnd(String text) {
        if (text.charAt(SECONDS_END) != '.') {
            return SECONDS_END;
        }
        int end = SECONDS_END + 1;
        while (isDigit(text.charAt(end))) {
            end++;
        }
        if (end == SECONDS_END + 1) {
            throw new DateTimeException("empty fraction");
        }
        return end;
    }

    private static int millis(String text, int fractionEnd) {
        int millis = 0;
        for (int i = 1; i <= 3; i++) {
            int at = SECONDS_END + i;
            millis = millis * 10 + (at < fractionEnd ? text.charAt(at) - '0' : 0);
        }
        return millis;
    }

    private static int offsetSeconds(String text, int start) {
        char sign = text.charAt(start);
        boolean utc = sign == 'Z' || sign == 'z';
        if (text.length() != start + (utc ? 1 : 6)) {
            throw new DateTimeException("length");
        }
        if (utc) {
            return 0;
        }
        if ((sign != '+' && sign != '-') || text.charAt(start + 3) != ':') {
            throw new DateTimeException("offset");
        }
        int seconds = atMost(23, digits(text, start + 1, start + 3)) * 3_600
                + atMost(59, digits(text, start + 4, start + 6)) * 60;
        return sign == '-' ? -seconds : seconds;
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                throw new DateTimeException("digit");
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int atMost(int max, int value) {
        if (value > max) {
            throw new DateTimeException("range");
        }
        return value;
    }
}
