package io.millrace.event;

import io.millrace.event.JsonScanner.Next;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in the form of our own straight from the bytes of their JSON. What this takes {@link EventJsonReader}
 * takes, and both make the same events of it; a property test holds them together. To anything that is wrong, and to rare
 * forms such as escapes outside of the properties, it says no, and the other has the word.
 */
final class EventScanner {
    /** A whole number of so many digits is a {@code long}. */
    private static final int DIGITS_MAX = 18;

    private final JsonScanner scanner = new JsonScanner();
    private final byte[] bytes;

    private EventScanner(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        scanner.begin(bytes, from, to);
        scanner.space();
    }

    /** {@return the event between these positions, null for no} */
    static @Nullable Event event(byte[] bytes, int from, int to) {
        if (!Utf8.isValid(bytes, from, to)) {
            return null;
        }
        EventScanner in = new EventScanner(bytes, from, to);
        Event event = in.event();
        return in.isDone() ? event : null;
    }

    /** {@return the event or the array of events in a body, null for no, which is also said to more than so many} */
    static @Nullable List<ParsedEvent> body(byte[] body, int eventsMax) {
        if (!Utf8.isValid(body, 0, body.length)) {
            return null;
        }
        EventScanner in = new EventScanner(body, 0, body.length);
        List<ParsedEvent> events = in.scanner.peek() == '[' ? in.events(eventsMax) : in.only();
        return in.isDone() ? events : null;
    }

    private boolean isDone() {
        scanner.space();
        return scanner.isAtEnd();
    }

    private @Nullable List<ParsedEvent> only() {
        Event event = event();
        return event == null ? null : List.of(event);
    }

    private @Nullable List<ParsedEvent> events(int eventsMax) {
        List<ParsedEvent> events = new ArrayList<>();
        Next next = scanner.open('[', ']');
        while (next == Next.MEMBER) {
            Event event = events.size() < eventsMax ? event() : null;
            if (event == null) {
                return null;
            }
            events.add(event);
            next = scanner.next(']');
        }
        return next == Next.END ? events : null;
    }

    private @Nullable Event event() {
        int start = scanner.at();
        EventFields fields = new EventFields();
        try {
            Next next = scanner.open('{', '}');
            while (next == Next.MEMBER) {
                next = field(fields) ? scanner.next('}') : Next.NEITHER;
            }
            boolean fits = scanner.at() - start <= EventLimits.EVENT_BYTES_MAX;
            return next == Next.END && fits ? fields.event() : null;
        } catch (InvalidEventException saidByTheReader) {
            return null;
        }
    }

    private boolean field(EventFields fields) {
        int from = scanner.at() + 1;
        if (!scanner.string()) {
            return false;
        }
        EventField field = EventField.of(bytes, from, scanner.at() - 1);
        if (field == null || !fields.see(field) || !scanner.colon()) {
            return false;
        }
        return scanner.peek() == 'n' ? scanner.literal(PropertyText.NULL) : value(field, fields);
    }

    private boolean value(EventField field, EventFields fields) {
        return switch (field) {
            case PROPERTIES -> properties(fields);
            case ORDER_AMOUNT -> orderAmount(fields);
            case TIMESTAMP -> scanner.peek() == '"' ? text(field, fields) : epochMillis(fields);
            default -> text(field, fields);
        };
    }

    private boolean text(EventField field, EventFields fields) {
        int from = scanner.at() + 1;
        if (!scanner.string() || scanner.escaped()) {
            return false;
        }
        fields.set(field, text(from, scanner.at() - 1));
        return true;
    }

    private boolean orderAmount(EventFields fields) {
        int from = scanner.at();
        if (!scanner.number()) {
            return false;
        }
        fields.setOrderAmount(Amount.parse(text(from, scanner.at())));
        return true;
    }

    private boolean epochMillis(EventFields fields) {
        int from = scanner.at();
        if (!scanner.number() || scanner.at() - from > DIGITS_MAX) {
            return false;
        }
        long millis = 0;
        for (int i = from; i < scanner.at(); i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
            millis = 10 * millis + bytes[i] - '0';
        }
        fields.setTimestamp(Instant.ofEpochMilli(millis));
        return true;
    }

    private boolean properties(EventFields fields) {
        int from = scanner.at();
        Next next = scanner.open('{', '}');
        for (int keys = 0; next == Next.MEMBER && keys < EventLimits.PROPERTY_KEYS_MAX; keys++) {
            next = property() ? scanner.next('}') : Next.NEITHER;
        }
        if (next != Next.END) {
            return false;
        }
        fields.setProperties(EventProperties.scanned(text(from, scanner.at())));
        return true;
    }

    private boolean property() {
        int from = scanner.at() + 1;
        // Escapes only make a key longer than it is.
        return scanner.string()
                && scanner.at() - 1 - from <= EventLimits.PROPERTY_KEY_BYTES_MAX
                && scanner.colon()
                && scanner.value(1);
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
