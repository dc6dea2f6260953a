package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a batch of messages. When it was sent and its context may stand behind them and are part of each, so the batch is
 * gone through once for these and then for the messages.
 */
final class SegmentBatch {
    private final int eventsMax;
    private final Instant now;
    private @Nullable Instant sentAt;
    private @Nullable String context;

    SegmentBatch(int eventsMax, Instant now) {
        this.eventsMax = eventsMax;
        this.now = now;
    }

    ParsedBody parse(byte[] body) {
        if (!JsonEvents.isUtf8(body, 0, body.length)) {
            return new ParsedBody.Unreadable(JsonEvents.NOT_UTF8);
        }
        try {
            boolean messages = readMembers(body);
            return messages
                    ? readMessages(body)
                    : unreadable("a batch is an object with an array of messages in batch");
        } catch (JacksonException e) {
            return new ParsedBody.Unreadable(JsonEvents.malformed(e));
        } catch (InvalidEventException e) {
            return new ParsedBody.Unreadable(e.problem());
        }
    }

    private static ParsedBody unreadable(String why) {
        return new ParsedBody.Unreadable(new InvalidEvent(Code.MALFORMED_JSON, why));
    }

    /** {@return whether there are messages} */
    private boolean readMembers(byte[] body) {
        boolean messages = false;
        try (JsonParser parser = Json.parser(body, 0, body.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            JsonInput in = new JsonInput(body, 0, parser);
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (name.equals("sentAt") && token == JsonToken.VALUE_STRING) {
                    sentAt = SegmentMessage.sentAt(parser.getString());
                } else if (name.equals("context") && token == JsonToken.START_OBJECT) {
                    context = in.value(token);
                } else {
                    messages |= name.equals("batch") && token == JsonToken.START_ARRAY;
                    parser.skipChildren();
                }
            }
            JsonEvents.requireEnd(parser);
        }
        return messages;
    }

    private ParsedBody readMessages(byte[] body) {
        List<ParsedEvent> events = new ArrayList<>();
        try (JsonParser parser = Json.parser(body, 0, body.length)) {
            JsonInput in = new JsonInput(body, 0, parser);
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken token = parser.nextToken();
                if (!name.equals("batch") || token != JsonToken.START_ARRAY) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (events.size() == eventsMax) {
                        return new ParsedBody.TooManyEvents(eventsMax);
                    }
                    events.add(JsonEvents.read(in, parser.currentToken(), this::readMessage));
                }
            }
        }
        return new ParsedBody.Events(events);
    }

    private Event readMessage(JsonInput in) {
        SegmentMessage message = SegmentMessage.read(in, null, context);
        Optional<Duration> whole = Optional.ofNullable(sentAt).map(sent -> SegmentMessage.skew(sent, now));
        return message.event(message.skew(now).or(() -> whole).orElse(Duration.ZERO));
    }
}
