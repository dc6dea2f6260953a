package io.millrace.event;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * The JSON form of events: one object, an array of them, or one a line. Bytes must be UTF-8. They are parsed by
 * {@link EventScanner}, and only where it gives up a second time, by {@link EventJsonReader}, which takes them or says what
 * is wrong.
 */
public final class EventJson {
    private EventJson() {}

    /** Reads exactly one event. */
    public static ParsedEvent parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    private static ParsedEvent parse(byte[] bytes, int start, int length) {
        Event event = EventScanner.event(bytes, start, start + length);
        return event == null ? JsonEvents.parse(bytes, start, length, EventJsonReader::read) : event;
    }

    /** Reads one event or an array of events. */
    public static ParsedBody parseBody(byte[] body, int eventsMax) {
        List<ParsedEvent> events = EventScanner.body(body, eventsMax);
        return events == null
                ? JsonEvents.parseBody(body, eventsMax, EventJsonReader::read)
                : new ParsedBody.Events(events);
    }

    /** Reads one event a line; blank lines are passed over and not counted. A line that is broken spoils only itself. */
    public static ParsedBody parseLines(byte[] body, int eventsMax) {
        List<ParsedEvent> events = new ArrayList<>();
        int start = 0;
        while (start < body.length) {
            int end = lineEnd(body, start);
            if (!isBlank(body, start, end)) {
                if (events.size() == eventsMax) {
                    return new ParsedBody.TooManyEvents(eventsMax);
                }
                events.add(parse(body, start, end - start));
            }
            start = end + 1;
        }
        return new ParsedBody.Events(events);
    }

    private static int lineEnd(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The JSON of an event, one line. Properties stand in it exactly as they were sent. */
    public static byte[] write(Event event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            EventId id = event.id();
            if (id != null) {
                json.writeStringProperty("event_id", id.toString());
            }
            json.writeStringProperty("event_type", event.type());
            if (event.timestamp() != null) {
                json.writeStringProperty("timestamp", event.timestamp().toString());
            }
            writeIfPresent(json, "user_id", event.userId());
            writeIfPresent(json, "session_id", event.sessionId());
            writeIfPresent(json, "product_id", event.productId());
            if (event.orderAmount() != null) {
                json.writeName("order_amount");
                json.writeNumber(event.orderAmount().toString());
            }
            if (event.properties() != null) {
                json.writeName("properties");
                json.writeRawValue(event.properties().json());
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeIfPresent(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }
}
