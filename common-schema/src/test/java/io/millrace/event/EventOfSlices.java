package io.millrace.event;

import java.time.Instant;

/** Makes an {@link Event} of slices, through its own checks. */
public final class EventOfSlices {
    private EventOfSlices() {}

    public static Event of(EventSlices sent) {
        EventId id = new EventId(
                sent.idMostSignificantBits(),
                sent.idLeastSignificantBits(),
                sent.idText().toString());
        String json = sent.propertiesJson().toString();
        return new Event(
                sent.hasId() ? id : null,
                sent.type().toString(),
                sent.hasTimestamp() ? Instant.ofEpochMilli(sent.timestampMillis()) : null,
                sent.userId().toString(),
                sent.sessionId().toString(),
                sent.productId().toString(),
                sent.hasOrderAmount() ? new Amount(sent.orderAmountMicros()) : null,
                json.isEmpty() ? null : EventProperties.of(json),
                sent.weight());
    }
}
