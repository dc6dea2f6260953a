package io.millrace.log;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventOfSlices;

/** Makes an {@link Event} of what a reader found. */
final class SentEvent {
    private SentEvent() {}

    /** As its sender described it. */
    static Event of(StoredEvent stored) {
        return EventOfSlices.of(stored.sent());
    }

    /** With the id that counts. */
    static Event resolved(StoredEvent stored) {
        return of(stored)
                .withId(new EventId(
                        stored.idMostSignificantBits(),
                        stored.idLeastSignificantBits(),
                        stored.sent().idText().toString()));
    }
}
