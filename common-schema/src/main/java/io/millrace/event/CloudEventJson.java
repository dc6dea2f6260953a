package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * CloudEvents 1.0 in their JSON format: one, or a batch. {@link CloudEvent} says what becomes of their attributes.
 *
 * <p>Source: CloudEvents, "JSON Event Format for CloudEvents", version 1.0.2.
 */
public final class CloudEventJson {
    private CloudEventJson() {}

    /** Reads exactly one event. */
    public static ParsedEvent parse(byte[] bytes) {
        return JsonEvents.parse(bytes, CloudEventJson::read);
    }

    /** Reads one event or a batch, which is an array of them. */
    public static ParsedBody parseBody(byte[] body, int eventsMax) {
        return JsonEvents.parseBody(body, eventsMax, CloudEventJson::read);
    }

    private static Event read(JsonInput in) {
        JsonParser parser = in.parser();
        CloudEvent event = new CloudEvent();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "data" -> {
                    String json = in.value(token);
                    if (token != JsonToken.VALUE_NULL) {
                        event.setDataJson(json);
                    }
                }
                case "data_base64" -> event.setDataBase64(text(parser, token));
                default -> {
                    // An attribute that is null is one that is not there.
                    if (token != JsonToken.VALUE_NULL) {
                        event.set(name, text(parser, token));
                    }
                }
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new StreamReadException(parser, "the JSON ends early");
        }
        return event.toEvent();
    }

    /** Attributes are strings, booleans and integers, each of which has one form as text. */
    private static String text(JsonParser parser, JsonToken token) {
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw new InvalidEventException(
                    Code.ATTRIBUTE_INVALID, "an attribute is a string, a boolean or a number, and one of them is not");
        }
        return parser.getString();
    }
}
