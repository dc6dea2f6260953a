package io.millrace.log;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import java.time.Instant;

/** What becomes of a record: a function of its bytes, its position and its LogAppendTime, and of nothing else. */
public sealed interface Fate {
    /**
     * It is an event.
     *
     * @param event as sent
     * @param id its own, or the one that its position gives
     * @param timestamp its own, or the moment of receipt
     */
    record Stored(Tenant tenant, Event event, EventId id, Instant timestamp) implements Fate {}

    /**
     * It is not, and is kept for its owner to look at.
     *
     * @param tenant as the header says, or empty
     * @param reason stable code
     * @param detail for people
     */
    record DeadLetter(String tenant, String reason, String detail) implements Fate {}

    /** It was written by a newer Millrace: whoever reads it must stop here and be upgraded. */
    record UnknownVersion(String version) implements Fate {}
}
