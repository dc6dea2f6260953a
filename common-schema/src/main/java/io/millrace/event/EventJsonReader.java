package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Reads an event in the form of our own. */
final class EventJsonReader {
    private static final String[] FIELDS = {
        "event_id", "event_type", "timestamp", "user_id", "session_id", "product_id", "order_amount", "properties"
    };

    private static final int LONG_DIGITS_MAX = 20;

    private final JsonInput in;
    private final JsonParser parser;
    private int seen;
    private @Nullable EventId id;
    private String type = "";
    private @Nullable Instant timestamp;
    private String userId = "";
    private String sessionId = "";
    private String productId = "";
    private @Nullable Amount orderAmount;
    private @Nullable EventProperties properties;

    private EventJsonReader(JsonInput in) {
        this.in = in;
        this.parser = in.parser();
    }

    /** As {@link JsonEvents.Form} has it. */
    static Event read(JsonInput in) {
        return new EventJsonReader(in).event();
    }

    private Event event() {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            int field = field(name);
            if ((seen & (1 << field)) != 0) {
                throw new InvalidEventException(Code.DUPLICATE_FIELD, FIELDS[field] + " stands twice");
            }
            seen |= 1 << field;
            JsonToken token = parser.nextToken();
            if (token != JsonToken.VALUE_NULL) {
                set(field, token);
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new StreamReadException(parser, "the JSON ends early");
        }
        return new Event(id, type, timestamp, userId, sessionId, productId, orderAmount, properties, 1);
    }

    private void set(int field, JsonToken token) {
        switch (field) {
            case 0 -> id = EventId.of(string(token, Code.EVENT_ID_INVALID));
            case 1 -> type = string(token, Code.EVENT_TYPE_INVALID);
            case 2 -> timestamp = timestamp(token);
            case 3 -> userId = string(token, Code.USER_ID_INVALID);
            case 4 -> sessionId = string(token, Code.SESSION_ID_INVALID);
            case 5 -> productId = string(token, Code.PRODUCT_ID_INVALID);
            case 6 -> orderAmount = amount(token);
            default -> properties = properties(token);
        }
    }

    private String string(JsonToken token, Code code) {
        if (token != JsonToken.VALUE_STRING) {
            throw new InvalidEventException(code, parser.currentName() + " must be a string");
        }
        return parser.getString();
    }

    private Instant timestamp(JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return Rfc3339.parse(parser.getString());
        }
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw new InvalidEventException(
                    Code.TIMESTAMP_INVALID, "timestamp must be an RFC 3339 string or whole epoch milliseconds");
        }
        // The length first: a number of a million digits is not worth converting.
        if (parser.getStringLength() > LONG_DIGITS_MAX || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new InvalidEventException(Code.TIMESTAMP_OUT_OF_RANGE, "timestamp is beyond any calendar");
        }
        return Instant.ofEpochMilli(parser.getLongValue());
    }

    private Amount amount(JsonToken token) {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new InvalidEventException(Code.ORDER_AMOUNT_INVALID, "order_amount must be a number");
        }
        return Amount.parse(parser.getString());
    }

    private EventProperties properties(JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            throw new InvalidEventException(Code.PROPERTIES_INVALID, "properties must be a JSON object");
        }
        int start = in.tokenStart();
        EventProperties.walk(parser, false);
        return EventProperties.walked(in.text(start, in.position()), parser);
    }

    private static int field(String name) {
        for (int i = 0; i < FIELDS.length; i++) {
            if (FIELDS[i].equals(name)) {
                return i;
            }
        }
        // Refused and not dropped: a misspelt field would otherwise be lost without a word.
        throw new InvalidEventException(
                Code.UNKNOWN_FIELD, "there is no such field; what is your own belongs into properties");
    }
}
