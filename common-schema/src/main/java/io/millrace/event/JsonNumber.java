package io.millrace.event;

/** The form of JSON numbers (RFC 8259, section 6) in bytes. */
final class JsonNumber {
    static final int NONE = -1;

    private JsonNumber() {}

    /** Where the number ends that starts there, or {@link #NONE}. */
    static int end(byte[] bytes, int from, int to) {
        int at = from < to && bytes[from] == '-' ? from + 1 : from;
        int whole = digits(bytes, at, to);
        if (whole == at || (bytes[at] == '0' && whole > at + 1)) {
            return NONE;
        }
        at = whole;
        if (at < to && bytes[at] == '.') {
            int fraction = digits(bytes, at + 1, to);
            if (fraction == at + 1) {
                return NONE;
            }
            at = fraction;
        }
        return at < to && (bytes[at] | 0x20) == 'e' ? exponent(bytes, at + 1, to) : at;
    }

    private static int exponent(byte[] bytes, int from, int to) {
        int at = from < to && (bytes[from] == '+' || bytes[from] == '-') ? from + 1 : from;
        int end = digits(bytes, at, to);
        return end == at ? NONE : end;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }
}
