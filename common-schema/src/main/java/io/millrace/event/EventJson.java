package io.millrace.event;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/** The JSON form of events: one object, an array of them, or one a line. Bytes are parsed once and must be UTF-8. */
public final class EventJson {
    private EventJson() {}

    /** Reads exactly one event. */
    public static ParsedEvent parse(byte[] bytes) {
        return JsonEvents.parse(bytes, EventJsonReader::read);
    }

    /** Reads one event or an array of events. */
    public static ParsedBody parseBody(byte[] body, int eventsMax) {
        return JsonEvents.parseBody(body, eventsMax, EventJsonReader::read);
    }

    /** Reads one event a line; blank lines are passed over and not counted. A line that is broken spoils only itself. */
    public static ParsedBody parseLines(byte[] body, int eventsMax) {
        return JsonEvents.parseLines(body, eventsMax, EventJsonReader::read);
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
