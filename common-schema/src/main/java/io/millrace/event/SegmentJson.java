package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Requests of Segment's HTTP tracking API: one message of a kind that the path names, or a batch of several kinds. {@link
 * SegmentMessage} says what becomes of them.
 *
 * <p>Source: Segment, "HTTP API Source" and "Spec: Common Fields".
 */
public final class SegmentJson {
    private SegmentJson() {}

    /** The kinds of messages there are. */
    public enum Kind {
        TRACK,
        PAGE,
        SCREEN,
        IDENTIFY,
        GROUP,
        ALIAS;

        /** {@return the kind of that name in the API} */
        static Optional<Kind> of(String name) {
            for (Kind kind : values()) {
                if (kind.name().equalsIgnoreCase(name)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Reads one message.
     *
     * @param now when it came in, by which its sender's clock is set right
     */
    public static ParsedBody parse(byte[] body, Kind kind, Instant now) {
        ParsedEvent event = JsonEvents.parse(body, in -> {
            SegmentMessage message = SegmentMessage.read(in, kind, null);
            return message.event(message.skew(now).orElse(Duration.ZERO));
        });
        return event instanceof InvalidEvent invalid && !isOfOneEvent(invalid.code())
                ? new ParsedBody.Unreadable(invalid)
                : new ParsedBody.Events(List.of(event));
    }

    private static boolean isOfOneEvent(Code code) {
        return code != Code.MALFORMED_JSON && code != Code.INVALID_UTF8;
    }

    /**
     * Reads a batch: {@code {"batch": [ … ], "sentAt": …, "context": … }}.
     *
     * @param now when it came in
     */
    public static ParsedBody parseBatch(byte[] body, int eventsMax, Instant now) {
        return new SegmentBatch(eventsMax, now).parse(body);
    }

    /**
     * {@return the write key that stands in a body; none when there is none, or the body is no JSON object}
     *
     * <p>Browsers send it there, since a request with an {@code Authorization} header would cost them another one before.
     */
    public static Optional<String> writeKey(byte[] body) {
        if (!JsonEvents.isUtf8(body, 0, body.length)) {
            return Optional.empty();
        }
        try (JsonParser parser = Json.parser(body, 0, body.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("writeKey")) {
                    return token == JsonToken.VALUE_STRING ? Optional.of(parser.getString()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
