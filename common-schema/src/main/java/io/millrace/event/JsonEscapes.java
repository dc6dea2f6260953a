package io.millrace.event;

/** The escapes in JSON strings, resolved into a buffer that is used again for the next event. */
final class JsonEscapes {
    private static final int UNICODE_LENGTH = 6;

    private byte[] buffer = {};
    private int used;

    /** Forgets what was resolved, and makes room for all that so many bytes of JSON can hold: it is never longer. */
    void begin(int jsonBytes) {
        used = 0;
        if (buffer.length < jsonBytes) {
            buffer = new byte[Math.max(jsonBytes, 2 * buffer.length)];
        }
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the next text will start. */
    int used() {
        return used;
    }

    /** Length of the escape at that backslash, 0 if it is none or is of a surrogate, which is not resolved here. */
    static int length(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return 0;
        }
        return switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> {
                int unit = at + UNICODE_LENGTH > end ? -1 : unit(bytes, at + 2);
                yield unit < 0 || Character.isSurrogate((char) unit) ? 0 : UNICODE_LENGTH;
            }
            default -> 0;
        };
    }

    /** Writes the text between these positions, all of whose escapes have a length. {@return the bytes written} */
    int resolve(byte[] bytes, int from, int to) {
        int start = used;
        int at = from;
        while (at < to) {
            if (bytes[at] != '\\') {
                buffer[used++] = bytes[at++];
            } else if (bytes[at + 1] == 'u') {
                putUtf8(unit(bytes, at + 2));
                at += UNICODE_LENGTH;
            } else {
                buffer[used++] = simple(bytes[at + 1]);
                at += 2;
            }
        }
        return used - start;
    }

    private static byte simple(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    /** The number of four hexadecimal digits, negative if they are none. */
    private static int unit(byte[] bytes, int at) {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = bytes[at + i] < 0 ? -1 : Character.digit(bytes[at + i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private void putUtf8(int unit) {
        if (unit < 0x80) {
            buffer[used++] = (byte) unit;
        } else if (unit < 0x800) {
            buffer[used++] = (byte) (0xC0 | unit >>> 6);
            buffer[used++] = (byte) (0x80 | (unit & 0x3F));
        } else {
            buffer[used++] = (byte) (0xE0 | unit >>> 12);
            buffer[used++] = (byte) (0x80 | (unit >>> 6 & 0x3F));
            buffer[used++] = (byte) (0x80 | (unit & 0x3F));
        }
    }
}
