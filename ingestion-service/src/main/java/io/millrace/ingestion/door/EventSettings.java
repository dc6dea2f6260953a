package io.millrace.ingestion.door;

import io.millrace.event.Event;
import io.millrace.event.EventLimits;
import io.millrace.event.EventProperties;
import io.millrace.event.EventProtobuf;
import io.millrace.event.InvalidEvent;
import io.millrace.event.InvalidEvent.Code;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How large an event and its parts may be. None may be more than what an event is in the log ({@link EventLimits}), which
 * is no setting.
 *
 * @param eventSizeMax of one event, as it goes to the log; 256 KiB. Beyond: {@code event_too_large}
 * @param nestingMax objects and arrays within one another, the event being the first; 32. Beyond: {@code nesting_too_deep}
 * @param propertyKeysMax of {@code properties} at its top level; 256. Beyond: {@code too_many_keys}
 * @param propertyKeySizeMax UTF-8 bytes of such a key; 256. Beyond: {@code key_too_long}
 * @param stringSizeMax UTF-8 bytes of a string in {@code properties}; 64 KiB. Beyond: {@code string_too_long}
 */
@ConfigurationProperties("millrace.ingestion")
record EventSettings(
        @DefaultValue("256KB") DataSize eventSizeMax,
        @DefaultValue("32") int nestingMax,
        @DefaultValue("256") int propertyKeysMax,
        @DefaultValue("256B") DataSize propertyKeySizeMax,
        @DefaultValue("64KB") DataSize stringSizeMax) {

    public EventSettings {
        requireBetween(eventSizeMax.toBytes(), EventLimits.EVENT_BYTES_MAX, "event-size-max");
        requireBetween(nestingMax, EventLimits.NESTING_MAX, "nesting-max");
        requireBetween(propertyKeysMax, EventLimits.PROPERTY_KEYS_MAX, "property-keys-max");
        requireBetween(propertyKeySizeMax.toBytes(), EventLimits.PROPERTY_KEY_BYTES_MAX, "property-key-size-max");
        requireBetween(stringSizeMax.toBytes(), EventLimits.EVENT_BYTES_MAX, "string-size-max");
    }

    private static void requireBetween(long value, long max, String name) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("millrace.ingestion." + name + " must be 1 to " + max);
        }
    }

    /** {@return why an event is not taken, though the log could have it; none when it is} */
    Optional<InvalidEvent> refusal(Event event) {
        EventProperties properties = event.properties();
        InvalidEvent why = properties == null ? null : refusal(properties);
        return Optional.ofNullable(why == null ? tooLarge(event) : why);
    }

    private @Nullable InvalidEvent tooLarge(Event event) {
        // Only where it is asked for is an event worth encoding one time more.
        boolean asked = eventSizeMax.toBytes() < EventLimits.EVENT_BYTES_MAX;
        return asked && EventProtobuf.encode(event).length > eventSizeMax.toBytes()
                ? new InvalidEvent(
                        Code.EVENT_TOO_LARGE, "the event is larger than " + eventSizeMax.toBytes() + " bytes")
                : null;
    }

    private @Nullable InvalidEvent refusal(EventProperties properties) {
        boolean stricter = nestingMax < EventLimits.NESTING_MAX
                || propertyKeysMax < EventLimits.PROPERTY_KEYS_MAX
                || propertyKeySizeMax.toBytes() < EventLimits.PROPERTY_KEY_BYTES_MAX;
        // A string has at most as many characters as its JSON, and three bytes for each.
        if (!stricter && properties.json().length() * 3L <= stringSizeMax.toBytes()) {
            return null;
        }
        EventProperties.Shape shape = properties.shape();
        if (shape.depth() > nestingMax) {
            return new InvalidEvent(Code.NESTING_TOO_DEEP, "nested deeper than " + nestingMax + " levels");
        }
        if (shape.keys() > propertyKeysMax) {
            return new InvalidEvent(Code.TOO_MANY_KEYS, "properties has more than " + propertyKeysMax + " keys");
        }
        if (shape.longestKey() > propertyKeySizeMax.toBytes()) {
            return new InvalidEvent(
                    Code.KEY_TOO_LONG, "a key of properties is longer than " + propertyKeySizeMax.toBytes() + " bytes");
        }
        return shape.longestString() > stringSizeMax.toBytes()
                ? new InvalidEvent(
                        Code.STRING_TOO_LONG,
                        "a string in properties is longer than " + stringSizeMax.toBytes() + " bytes")
                : null;
    }
}
