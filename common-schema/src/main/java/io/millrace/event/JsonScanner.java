package io.millrace.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Passes over JSON (RFC 8259) part by part, without making anything of it. What it says yes to is JSON. To anything else,
 * to escapes of surrogates and to what nests deeper than an event may, it says no, and then stands anywhere.
 */
final class JsonScanner {
    /** What comes in an object or an array. */
    enum Next {
        MEMBER,
        END,
        NEITHER
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = '"' * LOW_BITS;
    private static final long BACKSLASHES = '\\' * LOW_BITS;
    private static final long SPACES = ' ' * LOW_BITS;

    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean escaped;

    /**
     * Begins anew.
     *
     * @param json valid UTF-8 between these positions
     */
    void begin(byte[] json, int from, int to) {
        bytes = json;
        at = from;
        end = to;
    }

    /** {@return where it stands} */
    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** {@return the byte at which it stands, 0 at the end} */
    int peek() {
        return at < end ? bytes[at] : 0;
    }

    /** Whether the string that was passed last has escapes. */
    boolean escaped() {
        return escaped;
    }

    void space() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    /** Begins an object or an array. {@return what comes first} */
    Next open(int open, int close) {
        if (!take(open)) {
            return Next.NEITHER;
        }
        space();
        return take(close) ? Next.END : Next.MEMBER;
    }

    /** Goes on behind a member. {@return what comes then} */
    Next next(int close) {
        space();
        if (take(',')) {
            space();
            return Next.MEMBER;
        }
        return take(close) ? Next.END : Next.NEITHER;
    }

    /** Passes over a member's name and what divides it from the value. */
    boolean name() {
        return string() && colon();
    }

    boolean colon() {
        space();
        boolean taken = take(':');
        space();
        return taken;
    }

    boolean string() {
        if (!take('"')) {
            return false;
        }
        escaped = false;
        int next = plainEnd(at);
        while (next < end && bytes[next] == '\\') {
            int length = JsonEscapes.length(bytes, next, end);
            if (length == 0) {
                return false;
            }
            escaped = true;
            next = plainEnd(next + length);
        }
        at = next;
        return take('"');
    }

    /** {@return where the first byte is that cannot stand for itself: a quote, a backslash, a control character} */
    private int plainEnd(int from) {
        int next = from;
        for (; end - next >= Long.BYTES; next += Long.BYTES) {
            long found = special((long) LONG.get(bytes, next));
            if (found != 0) {
                return next + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (next < end && bytes[next] != '"' && bytes[next] != '\\' && (bytes[next] < 0 || bytes[next] >= ' ')) {
            next++;
        }
        return next;
    }

    /**
     * The high bit of each such byte; above the first one also others, which borrowing may set. See {@code haszero} and
     * {@code hasless} in Anderson, "Bit Twiddling Hacks".
     */
    private static long special(long word) {
        long controls = (word - SPACES) & ~word;
        return (zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | controls) & HIGH_BITS;
    }

    private static long zeros(long word) {
        return (word - LOW_BITS) & ~word;
    }

    boolean number() {
        int numberEnd = JsonNumber.end(bytes, at, end);
        at = Math.max(at, numberEnd);
        return numberEnd != JsonNumber.NONE;
    }

    boolean literal(byte[] word) {
        for (byte letter : word) {
            if (!take(letter)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over any value within a container at that depth, the properties being the first. */
    boolean value(int depth) {
        return switch (peek()) {
            case '"' -> string();
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case 't' -> literal(PropertyText.TRUE);
            case 'f' -> literal(PropertyText.FALSE);
            case 'n' -> literal(PropertyText.NULL);
            default -> number();
        };
    }

    private boolean object(int depth) {
        Next next = depth < EventLimits.NESTING_MAX ? open('{', '}') : Next.NEITHER;
        while (next == Next.MEMBER) {
            next = name() && value(depth) ? next('}') : Next.NEITHER;
        }
        return next == Next.END;
    }

    private boolean array(int depth) {
        Next next = depth < EventLimits.NESTING_MAX ? open('[', ']') : Next.NEITHER;
        while (next == Next.MEMBER) {
            next = value(depth) ? next(']') : Next.NEITHER;
        }
        return next == Next.END;
    }

    private boolean take(int expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }
}
