package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event whose fields are texts, as in an address: the fields have the names that they have in JSON, and what has another
 * name is a property. A timestamp is RFC 3339 or epoch milliseconds. Properties as an object cannot be told in this form.
 */
public final class EventParameters {
    private static final int EPOCH_DIGITS_MAX = 18;

    private EventParameters() {}

    /** Reads one event; a name with several values is wrong. */
    public static ParsedEvent parse(Map<String, List<String>> parameters) {
        try {
            Map<String, String> texts = new LinkedHashMap<>();
            parameters.forEach((name, values) -> texts.put(name, only(name, values)));
            return event(texts);
        } catch (InvalidEventException e) {
            return e.problem();
        }
    }

    private static String only(String name, List<String> values) {
        if (values.size() != 1) {
            throw new InvalidEventException(Code.DUPLICATE_FIELD, "a parameter stands twice");
        }
        String value = values.getFirst();
        if (name.equals("properties")) {
            throw new InvalidEventException(
                    Code.PROPERTIES_INVALID, "properties cannot be sent so; each is a parameter of its own name");
        }
        return value == null ? "" : value;
    }

    private static Event event(Map<String, String> texts) {
        String id = taken(texts, "event_id");
        String type = taken(texts, "event_type");
        String timestamp = taken(texts, "timestamp");
        String user = taken(texts, "user_id");
        String session = taken(texts, "session_id");
        String product = taken(texts, "product_id");
        String amount = taken(texts, "order_amount");
        return new Event(
                id.isEmpty() ? null : EventId.of(id),
                type,
                timestamp.isEmpty() ? null : instant(timestamp),
                user,
                session,
                product,
                amount.isEmpty() ? null : Amount.parse(amount),
                texts.isEmpty() ? null : properties(texts),
                1);
    }

    private static String taken(Map<String, String> texts, String name) {
        String value = texts.remove(name);
        return value == null ? "" : value;
    }

    private static Instant instant(String text) {
        boolean digits = text.length() <= EPOCH_DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Instant.ofEpochMilli(Long.parseLong(text)) : Rfc3339.parse(text);
    }

    private static EventProperties properties(Map<String, String> texts) {
        String json = JsonObjects.ofTexts(texts);
        EventLimits.requirePropertiesBytes(json);
        return EventProperties.of(json);
    }
}
