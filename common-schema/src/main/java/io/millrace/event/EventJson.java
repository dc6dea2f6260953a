package io.millrace.event;

import com.google.protobuf.UnsafeByteOperations;
import io.millrace.event.InvalidEvent.Code;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/** The JSON form of events: one object, an array of them, or one a line. Bytes are parsed once and must be UTF-8. */
public final class EventJson {
    private static final InvalidEvent NOT_UTF8 = new InvalidEvent(Code.INVALID_UTF8, "the text is not valid UTF-8");

    private EventJson() {}

    /** Reads exactly one event. */
    public static ParsedEvent parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    /** Reads one event or an array of events. */
    public static ParsedBody parseBody(byte[] body, int eventsMax) {
        if (!isUtf8(body, 0, body.length)) {
            return new ParsedBody.Unreadable(NOT_UTF8);
        }
        List<ParsedEvent> events = new ArrayList<>();
        try (JsonParser parser = Json.parser(body, 0, body.length)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_ARRAY) {
                return new ParsedBody.Events(List.of(only(body, 0, parser, first)));
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (events.size() == eventsMax) {
                    return new ParsedBody.TooManyEvents(eventsMax);
                }
                events.add(EventJsonReader.read(body, 0, parser, token));
            }
            requireEnd(parser);
            return new ParsedBody.Events(events);
        } catch (JacksonException e) {
            return new ParsedBody.Unreadable(malformed(e));
        }
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

    private static ParsedEvent parse(byte[] bytes, int start, int length) {
        if (!isUtf8(bytes, start, length)) {
            return NOT_UTF8;
        }
        try (JsonParser parser = Json.parser(bytes, start, length)) {
            return only(bytes, start, parser, parser.nextToken());
        } catch (JacksonException e) {
            return malformed(e);
        }
    }

    private static ParsedEvent only(byte[] bytes, int start, JsonParser parser, JsonToken first) {
        if (first == null) {
            return new InvalidEvent(Code.MALFORMED_JSON, "there is no JSON");
        }
        ParsedEvent event = EventJsonReader.read(bytes, start, parser, first);
        requireEnd(parser);
        return event;
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new StreamReadException(parser, "text behind the end of the JSON value");
        }
    }

    private static InvalidEvent malformed(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return new InvalidEvent(Code.NESTING_TOO_DEEP, "nested far too deep");
        }
        TokenStreamLocation location = e.getLocation();
        long at = location == null ? 0 : Math.max(0, location.getByteOffset());
        return new InvalidEvent(Code.MALFORMED_JSON, "not valid JSON at byte %d: %s".formatted(at, reason(e)));
    }

    /** Jackson quotes the input in some messages; the input has no place in logs and answers. */
    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        int quoted = message.indexOf('\'');
        return (quoted < 0 ? message : message.substring(0, quoted)).strip();
    }

    private static boolean isUtf8(byte[] bytes, int start, int length) {
        // Jackson guesses UTF-16 and UTF-32 from zero bytes among the first; JSON of ours never starts with one.
        boolean guessable = length > 1 && (bytes[start] == 0 || bytes[start + 1] == 0);
        return !guessable
                && UnsafeByteOperations.unsafeWrap(bytes, start, length).isValidUtf8();
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
}
