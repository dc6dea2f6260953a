package io.millrace.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as its sender described it. Valid: whoever holds one need not check it again.
 *
 * <p>Absent and empty identifiers are the same thing and are kept as the empty string, as ClickHouse keeps them.
 *
 * @param id identity within the tenant; absent only until the door or the log gives it one
 * @param type what happened, 1 to 128 characters
 * @param timestamp when it happened, in whole milliseconds; absent means the moment of receipt
 * @param userId who did it, or empty
 * @param sessionId within which visit, or empty
 * @param productId with what, or empty
 * @param orderAmount money or another exact quantity
 * @param properties everything else, one JSON object kept exactly as it was sent
 * @param weight how many events this one stands for; more than 1 only when a sampling rule dropped others
 */
public record Event(
        @Nullable EventId id,
        String type,
        @Nullable Instant timestamp,
        String userId,
        String sessionId,
        String productId,
        @Nullable Amount orderAmount,
        @Nullable EventProperties properties,
        int weight)
        implements ParsedEvent {

    public Event {
        EventLimits.requireType(type);
        EventLimits.requireIdentifier(InvalidEvent.Code.USER_ID_INVALID, userId);
        EventLimits.requireIdentifier(InvalidEvent.Code.SESSION_ID_INVALID, sessionId);
        EventLimits.requireIdentifier(InvalidEvent.Code.PRODUCT_ID_INVALID, productId);
        if (timestamp != null) {
            EventLimits.requireTimestamp(timestamp);
        }
        if (weight < 1 || weight > EventLimits.WEIGHT_MAX) {
            throw new InvalidEventException(
                    InvalidEvent.Code.WEIGHT_INVALID, "weight must be between 1 and " + EventLimits.WEIGHT_MAX);
        }
    }

    /** An event of which only the type is known. */
    public static Event ofType(String type) {
        return new Event(null, type, null, "", "", "", null, null, 1);
    }

    /** This event under another identity. */
    public Event withId(EventId newId) {
        return new Event(newId, type, timestamp, userId, sessionId, productId, orderAmount, properties, weight);
    }

    /** This event, standing for that many. */
    public Event withWeight(int newWeight) {
        return new Event(id, type, timestamp, userId, sessionId, productId, orderAmount, properties, newWeight);
    }

    /** This event at another time. */
    public Event withTimestamp(Instant newTimestamp) {
        return new Event(id, type, newTimestamp, userId, sessionId, productId, orderAmount, properties, weight);
    }
}
