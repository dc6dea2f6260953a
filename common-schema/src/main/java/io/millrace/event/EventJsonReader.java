package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/** Reads an event in the form of our own, whatever is wrong with it. */
final class EventJsonReader {
    private static final int LONG_DIGITS_MAX = 20;

    private final JsonInput in;
    private final JsonParser parser;
    private final EventFields fields = new EventFields();

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
            EventField field = field(name);
            if (!fields.see(field)) {
                throw new InvalidEventException(Code.DUPLICATE_FIELD, field.wire() + " stands twice");
            }
            JsonToken token = parser.nextToken();
            if (token != JsonToken.VALUE_NULL) {
                set(field, token);
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new StreamReadException(parser, "the JSON ends early");
        }
        return fields.event();
    }

    private static EventField field(String name) {
        EventField field = EventField.of(name);
        if (field == null) {
            // Refused and not dropped: a misspelt field would otherwise be lost without a word.
            throw new InvalidEventException(
                    Code.UNKNOWN_FIELD, "there is no such field; what is your own belongs into properties");
        }
        return field;
    }

    private void set(EventField field, JsonToken token) {
        switch (field) {
            case ORDER_AMOUNT -> fields.setOrderAmount(amount(token));
            case PROPERTIES -> fields.setProperties(properties(token));
            case TIMESTAMP -> {
                if (token == JsonToken.VALUE_STRING) {
                    fields.set(field, parser.getString());
                } else {
                    fields.setTimestamp(epochMillis(token));
                }
            }
            default -> {
                if (token != JsonToken.VALUE_STRING) {
                    throw new InvalidEventException(field.invalid(), field.wire() + " must be a string");
                }
                fields.set(field, parser.getString());
            }
        }
    }

    private Instant epochMillis(JsonToken token) {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw new InvalidEventException(
                    EventField.TIMESTAMP.invalid(), "timestamp must be an RFC 3339 string or whole epoch milliseconds");
        }
        // The length first: a number of a million digits is not worth converting.
        if (parser.getStringLength() > LONG_DIGITS_MAX || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new InvalidEventException(Code.TIMESTAMP_OUT_OF_RANGE, "timestamp is beyond any calendar");
        }
        return Instant.ofEpochMilli(parser.getLongValue());
    }

    private Amount amount(JsonToken token) {
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new InvalidEventException(EventField.ORDER_AMOUNT.invalid(), "order_amount must be a number");
        }
        return Amount.parse(parser.getString());
    }

    private EventProperties properties(JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            throw new InvalidEventException(EventField.PROPERTIES.invalid(), "properties must be a JSON object");
        }
        int start = in.tokenStart();
        EventProperties.walk(parser, false);
        return EventProperties.walked(in.text(start, in.position()), parser);
    }
}
