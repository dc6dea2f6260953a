package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What makes a value part of a valid event. These are constants and not settings, because a record's fate follows
 * from the log alone: a limit that could be changed would give the same bytes two fates. Doors may be stricter.
 */
public final class EventLimits {
    /** Characters (code points) of an event type. */
    public static final int TYPE_CHARACTERS_MAX = 128;

    /** UTF-8 bytes of an event id that is not a UUID. */
    public static final int EVENT_ID_BYTES_MAX = 128;

    /** UTF-8 bytes of a user, session or product id. */
    public static final int IDENTIFIER_BYTES_MAX = 256;

    /** Bytes of one event in either form; well below Kafka's default limit of 1 MiB for a batch. */
    public static final int EVENT_BYTES_MAX = 256 * 1024;

    /** Bytes of properties that were put together from other parts of what was sent: with all else within an event. */
    static final int PROPERTIES_BYTES_MAX = EVENT_BYTES_MAX - 4 * 1024;

    /** Keys of {@code properties} at its top level. */
    public static final int PROPERTY_KEYS_MAX = 256;

    /** UTF-8 bytes of a key of {@code properties} at its top level. */
    public static final int PROPERTY_KEY_BYTES_MAX = 256;

    /** Depth of objects and arrays in an event, the event itself being the first. */
    public static final int NESTING_MAX = 32;

    /** Events one sampled event may stand for. */
    public static final int WEIGHT_MAX = 1_000_000;

    /** Buckets are 32-bit seconds in ClickHouse, so event time starts where they start. */
    public static final Instant TIMESTAMP_MIN = Instant.EPOCH;

    /** The last second of a ClickHouse {@code DateTime}, less a day so that no bucket's end overflows. */
    public static final Instant TIMESTAMP_MAX = Instant.parse("2106-02-06T00:00:00Z");

    private EventLimits() {}

    static void requireType(String type) {
        if (type.isEmpty()) {
            throw new InvalidEventException(Code.EVENT_TYPE_MISSING, "event_type is required");
        }
        if (type.length() > TYPE_CHARACTERS_MAX && type.codePointCount(0, type.length()) > TYPE_CHARACTERS_MAX) {
            throw new InvalidEventException(
                    Code.EVENT_TYPE_INVALID, "event_type is longer than " + TYPE_CHARACTERS_MAX + " characters");
        }
        requireUnicode(Code.EVENT_TYPE_INVALID, type);
        for (int i = 0; i < type.length(); i++) {
            if (Character.isISOControl(type.charAt(i))) {
                throw new InvalidEventException(Code.EVENT_TYPE_INVALID, "event_type has a control character");
            }
        }
    }

    static void requireIdentifier(Code code, String value) {
        requireUtf8Bytes(code, value, IDENTIFIER_BYTES_MAX);
    }

    static void requireTimestamp(Instant timestamp) {
        if (timestamp.isBefore(TIMESTAMP_MIN) || timestamp.isAfter(TIMESTAMP_MAX)) {
            throw new InvalidEventException(
                    Code.TIMESTAMP_OUT_OF_RANGE,
                    "timestamp must lie between " + TIMESTAMP_MIN + " and " + TIMESTAMP_MAX);
        }
        if (!timestamp.equals(Instant.ofEpochMilli(timestamp.toEpochMilli()))) {
            throw new InvalidEventException(Code.TIMESTAMP_INVALID, "timestamp must be in whole milliseconds");
        }
    }

    static void requirePropertiesBytes(String json) {
        if (json.getBytes(StandardCharsets.UTF_8).length > PROPERTIES_BYTES_MAX) {
            throw new InvalidEventException(
                    Code.EVENT_TOO_LARGE, "its properties are larger than " + PROPERTIES_BYTES_MAX + " bytes");
        }
    }

    static void requireUtf8Bytes(Code code, String value, int bytesMax) {
        requireUnicode(code, value);
        if (Utf8.isLongerThan(value, bytesMax)) {
            throw new InvalidEventException(code, field(code) + " is longer than " + bytesMax + " bytes");
        }
    }

    /** A lone surrogate has no UTF-8 form and would be stored as a question mark. */
    static void requireUnicode(Code code, String value) {
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!paired) {
                    throw new InvalidEventException(code, field(code) + " has half of a surrogate pair");
                }
                i++;
            }
        }
    }

    private static String field(Code code) {
        String wire = code.wire();
        return wire.endsWith("_invalid") ? wire.substring(0, wire.length() - "_invalid".length()) : wire;
    }
}
