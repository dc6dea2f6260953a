package io.millrace.event;

/**
 * Reads the JSON text of properties straight into slices. What this accepts {@link EventProperties} accepts, and both
 * give the same keys and values; a property test holds them together. To anything else, and to rare forms such as escaped
 * surrogates, it says no, and {@link EventProperties} has the word.
 */
final class PropertyScanner {
    private final JsonEscapes escapes = new JsonEscapes();
    private byte[] bytes = {};
    private int at;
    private int end;
    /** Whether the string that was read last has escapes. */
    private boolean escaped;

    /**
     * Reads one JSON object.
     *
     * @param json valid UTF-8 between these positions
     * @param into to be filled; half-filled when the answer is no
     */
    boolean scan(byte[] json, int from, int to, PropertySlices into) {
        bytes = json;
        at = from;
        end = to;
        escapes.begin(to - from);
        into.clear();
        space();
        if (!take('{') || !pairs(into)) {
            return false;
        }
        space();
        return at == end;
    }

    private boolean pairs(PropertySlices into) {
        space();
        if (take('}')) {
            return true;
        }
        for (int keys = 0; keys < EventLimits.PROPERTY_KEYS_MAX; keys++) {
            if (!pair(into)) {
                return false;
            }
            space();
            if (take('}')) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
            space();
        }
        return false;
    }

    private boolean pair(PropertySlices into) {
        int keyFrom = at + 1;
        if (!string()) {
            return false;
        }
        byte[] array = bytes;
        int from = keyFrom;
        int length = at - 1 - keyFrom;
        if (escaped) {
            array = escapes.buffer();
            from = escapes.used();
            length = escapes.resolve(bytes, keyFrom, at - 1);
        }
        return length <= EventLimits.PROPERTY_KEY_BYTES_MAX && colon() && value(into.valueOf(array, from, length));
    }

    /** The value's text, by the rules of {@link PropertyText}. */
    private boolean value(TextSlice into) {
        int from = at;
        if (peek() != '"') {
            boolean read = skip(1);
            into.set(bytes, from, at - from);
            return read;
        }
        if (!string()) {
            return false;
        }
        if (escaped) {
            int start = escapes.used();
            int length = escapes.resolve(bytes, from + 1, at - 1);
            into.set(escapes.buffer(), start, length);
            // A text that has escapes and keeps its quotes would have to be escaped again.
            return !PropertyText.readsAsJson(escapes.buffer(), start, start + length);
        }
        boolean quoted = PropertyText.readsAsJson(bytes, from + 1, at - 1);
        into.set(bytes, quoted ? from : from + 1, quoted ? at - from : at - from - 2);
        return true;
    }

    /** Passes over any value within a container at that depth, the properties being the first. */
    private boolean skip(int depth) {
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
        at++;
        space();
        if (depth >= EventLimits.NESTING_MAX || take('}')) {
            return depth < EventLimits.NESTING_MAX;
        }
        while (string() && colon() && skip(depth)) {
            space();
            if (take('}')) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
            space();
        }
        return false;
    }

    private boolean array(int depth) {
        at++;
        space();
        if (depth >= EventLimits.NESTING_MAX || take(']')) {
            return depth < EventLimits.NESTING_MAX;
        }
        while (skip(depth)) {
            space();
            if (take(']')) {
                return true;
            }
            if (!take(',')) {
                return false;
            }
            space();
        }
        return false;
    }

    private boolean string() {
        if (!take('"')) {
            return false;
        }
        escaped = false;
        int next = at;
        while (next < end && bytes[next] != '"') {
            int length = 1;
            if (bytes[next] == '\\') {
                escaped = true;
                length = JsonEscapes.length(bytes, next, end);
            } else if (bytes[next] >= 0 && bytes[next] < ' ') {
                length = 0;
            }
            if (length == 0) {
                return false;
            }
            next += length;
        }
        at = next + 1;
        return next < end;
    }

    private boolean literal(byte[] word) {
        for (byte letter : word) {
            if (!take(letter)) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        int numberEnd = JsonNumber.end(bytes, at, end);
        at = Math.max(at, numberEnd);
        return numberEnd != JsonNumber.NONE;
    }

    private boolean colon() {
        space();
        boolean taken = take(':');
        space();
        return taken;
    }

    private void space() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
    }

    private boolean take(int expected) {
        if (at < end && bytes[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private int peek() {
        return at < end ? bytes[at] : 0;
    }
}
