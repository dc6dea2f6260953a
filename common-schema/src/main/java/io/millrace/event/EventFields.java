package io.millrace.event;

import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** What stands in the fields of one event, as they come in. */
final class EventFields {
    private final EnumSet<EventField> seen = EnumSet.noneOf(EventField.class);
    private @Nullable EventId id;
    private String type = "";
    private @Nullable Instant timestamp;
    private String userId = "";
    private String sessionId = "";
    private String productId = "";
    private @Nullable Amount orderAmount;
    private @Nullable EventProperties properties;

    /** {@return whether it comes for the first time} */
    boolean see(EventField field) {
        return seen.add(field);
    }

    /**
     * Takes the text of a field that is a string.
     *
     * @throws InvalidEventException when the field cannot be that
     */
    void set(EventField field, String text) {
        switch (field) {
            case EVENT_ID -> id = EventId.of(text);
            case EVENT_TYPE -> type = text;
            case TIMESTAMP -> timestamp = Rfc3339.parse(text);
            case USER_ID -> userId = text;
            case SESSION_ID -> sessionId = text;
            case PRODUCT_ID -> productId = text;
            case ORDER_AMOUNT, PROPERTIES -> throw new IllegalArgumentException(field + " is no string");
        }
    }

    void setTimestamp(Instant instant) {
        timestamp = instant;
    }

    void setOrderAmount(Amount amount) {
        orderAmount = amount;
    }

    void setProperties(EventProperties object) {
        properties = object;
    }

    /**
     * {@return the event that has them}
     *
     * @throws InvalidEventException when none can
     */
    Event event() {
        return new Event(id, type, timestamp, userId, sessionId, productId, orderAmount, properties, 1);
    }
}
