package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;

/**
 * Finds events in JSON, whatever form each of them has: one object, or an array of them. Bytes are parsed once and must be
 * UTF-8. One that is wrong spoils only itself, as long as its end can be found.
 */
final class JsonEvents {
    static final InvalidEvent NOT_UTF8 = new InvalidEvent(Code.INVALID_UTF8, "the text is not valid UTF-8");

    private JsonEvents() {}

    /** How an event stands in an object. */
    @FunctionalInterface
    interface Form {
        /**
         * Reads on from an object's start to its end.
         *
         * @throws InvalidEventException when it is no event, anywhere within the object
         * @throws JacksonException when it is no JSON
         */
        Event read(JsonInput in);
    }

    /** Reads exactly one event. */
    static ParsedEvent parse(byte[] bytes, Form form) {
        return parse(bytes, 0, bytes.length, form);
    }

    /** Reads one event or an array of events. */
    static ParsedBody parseBody(byte[] body, int eventsMax, Form form) {
        if (!isUtf8(body, 0, body.length)) {
            return new ParsedBody.Unreadable(NOT_UTF8);
        }
        List<ParsedEvent> events = new ArrayList<>();
        try (JsonParser parser = Json.parser(body, 0, body.length)) {
            JsonInput in = new JsonInput(body, 0, parser);
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_ARRAY) {
                return new ParsedBody.Events(List.of(only(in, first, form)));
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (events.size() == eventsMax) {
                    return new ParsedBody.TooManyEvents(eventsMax);
                }
                events.add(read(in, token, form));
            }
            requireEnd(parser);
            return new ParsedBody.Events(events);
        } catch (JacksonException e) {
            return new ParsedBody.Unreadable(malformed(e));
        }
    }

    /** Reads exactly one event, which stands there. */
    static ParsedEvent parse(byte[] bytes, int start, int length, Form form) {
        if (!isUtf8(bytes, start, length)) {
            return NOT_UTF8;
        }
        try (JsonParser parser = Json.parser(bytes, start, length)) {
            return only(new JsonInput(bytes, start, parser), parser.nextToken(), form);
        } catch (JacksonException e) {
            return malformed(e);
        }
    }

    private static ParsedEvent only(JsonInput in, JsonToken first, Form form) {
        if (first == null) {
            return new InvalidEvent(Code.MALFORMED_JSON, "there is no JSON");
        }
        ParsedEvent event = read(in, first, form);
        requireEnd(in.parser());
        return event;
    }

    /** Reads one event, and leaves the parser at its end whatever is wrong within. */
    static ParsedEvent read(JsonInput in, JsonToken first, Form form) {
        JsonParser parser = in.parser();
        if (first != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new InvalidEvent(Code.NOT_AN_OBJECT, "an event is a JSON object");
        }
        int start = in.tokenStart();
        int depth = parser.streamReadContext().getNestingDepth();
        try {
            Event event = form.read(in);
            if (in.position() - start > EventLimits.EVENT_BYTES_MAX) {
                return new InvalidEvent(
                        Code.EVENT_TOO_LARGE, "the event is larger than " + EventLimits.EVENT_BYTES_MAX + " bytes");
            }
            return event;
        } catch (InvalidEventException e) {
            while (parser.streamReadContext().getNestingDepth() >= depth) {
                if (parser.nextToken() == null) {
                    throw new StreamReadException(parser, "the JSON ends early");
                }
            }
            return e.problem();
        }
    }

    static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new StreamReadException(parser, "text behind the end of the JSON value");
        }
    }

    static InvalidEvent malformed(JacksonException e) {
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

    static boolean isUtf8(byte[] bytes, int start, int length) {
        // Jackson guesses UTF-16 and UTF-32 from zero bytes among the first; JSON of ours never starts with one.
        boolean guessable = length > 1 && (bytes[start] == 0 || bytes[start + 1] == 0);
        return !guessable && Utf8.isValid(bytes, start, start + length);
    }
}
