package io.millrace.event;

import io.millrace.event.JsonScanner.Next;

/**
 * Reads the JSON text of properties straight into slices. What this accepts {@link EventProperties} accepts, and both
 * give the same keys and values; a property test holds them together. To anything else, and to rare forms such as escaped
 * surrogates, it says no, and {@link EventProperties} has the word.
 */
final class PropertyScanner {
    private final JsonScanner scanner = new JsonScanner();
    private final JsonEscapes escapes = new JsonEscapes();
    private byte[] bytes = {};

    /**
     * Reads one JSON object.
     *
     * @param json valid UTF-8 between these positions
     * @param into to be filled; half-filled when the answer is no
     */
    boolean scan(byte[] json, int from, int to, PropertySlices into) {
        bytes = json;
        scanner.begin(json, from, to);
        escapes.begin(to - from);
        into.clear();
        scanner.space();
        if (!pairs(into)) {
            return false;
        }
        scanner.space();
        return scanner.isAtEnd();
    }

    private boolean pairs(PropertySlices into) {
        Next next = scanner.open('{', '}');
        for (int keys = 0; next == Next.MEMBER && keys < EventLimits.PROPERTY_KEYS_MAX; keys++) {
            next = pair(into) ? scanner.next('}') : Next.NEITHER;
        }
        return next == Next.END;
    }

    private boolean pair(PropertySlices into) {
        int keyFrom = scanner.at() + 1;
        if (!scanner.string()) {
            return false;
        }
        byte[] array = bytes;
        int from = keyFrom;
        int length = scanner.at() - 1 - keyFrom;
        if (scanner.escaped()) {
            array = escapes.buffer();
            from = escapes.used();
            length = escapes.resolve(bytes, keyFrom, scanner.at() - 1);
        }
        return length <= EventLimits.PROPERTY_KEY_BYTES_MAX
                && scanner.colon()
                && value(into.valueOf(array, from, length));
    }

    /** The value's text, by the rules of {@link PropertyText}. */
    private boolean value(TextSlice into) {
        int from = scanner.at();
        if (scanner.peek() != '"') {
            boolean read = scanner.value(1);
            into.set(bytes, from, scanner.at() - from);
            return read;
        }
        if (!scanner.string()) {
            return false;
        }
        int to = scanner.at();
        if (scanner.escaped()) {
            int start = escapes.used();
            int length = escapes.resolve(bytes, from + 1, to - 1);
            into.set(escapes.buffer(), start, length);
            // A text that has escapes and keeps its quotes would have to be escaped again.
            return !PropertyText.readsAsJson(escapes.buffer(), start, start + length);
        }
        boolean quoted = PropertyText.readsAsJson(bytes, from + 1, to - 1);
        into.set(bytes, quoted ? from : from + 1, quoted ? to - from : to - from - 2);
        return true;
    }
}
