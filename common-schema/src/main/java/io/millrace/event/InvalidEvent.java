package io.millrace.event;

import java.util.Locale;

/**
 * Why something is not an event. Bad input is a value here, answered at the door and kept as a dead letter from Kafka.
 *
 * @param code stable, for programs
 * @param detail for people: what to mend; never the payload
 */
public record InvalidEvent(Code code, String detail) implements ParsedEvent {

    /** The stable codes. {@link #wire()} is their form in answers, dead letters and metrics. */
    public enum Code {
        MALFORMED_JSON,
        MALFORMED_PROTOBUF,
        INVALID_UTF8,
        NOT_AN_OBJECT,
        UNKNOWN_FIELD,
        DUPLICATE_FIELD,
        EVENT_TOO_LARGE,
        NESTING_TOO_DEEP,
        TOO_MANY_KEYS,
        KEY_TOO_LONG,
        STRING_TOO_LONG,
        EVENT_ID_INVALID,
        EVENT_TYPE_MISSING,
        EVENT_TYPE_INVALID,
        TIMESTAMP_INVALID,
        TIMESTAMP_OUT_OF_RANGE,
        TIMESTAMP_TOO_FAR_AHEAD,
        USER_ID_INVALID,
        SESSION_ID_INVALID,
        PRODUCT_ID_INVALID,
        ORDER_AMOUNT_INVALID,
        PROPERTIES_INVALID,
        SPECVERSION_UNSUPPORTED,
        ATTRIBUTE_INVALID,
        WEIGHT_INVALID;

        private final String wire = name().toLowerCase(Locale.ROOT);

        public String wire() {
            return wire;
        }
    }
}
