package io.millrace.kit.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.millrace.kit.metrics.Meters;

/** How questions about keys were answered. What comes from memory because PostgreSQL is away is the one to alarm on. */
final class KeyMetrics {
    private final Counter memory;
    private final Counter database;
    private final Counter stale;
    private final Counter unavailable;

    KeyMetrics(Meters meters) {
        this.memory = counter(meters, "memory");
        this.database = counter(meters, "database");
        this.stale = counter(meters, "stale");
        this.unavailable = counter(meters, "unavailable");
    }

    void fromMemory() {
        memory.increment();
    }

    void fromDatabase() {
        database.increment();
    }

    /** The database is away and the key was known. */
    void stale() {
        stale.increment();
    }

    /** The database is away and the key was not known. */
    void unavailable() {
        unavailable.increment();
    }

    private static Counter counter(Meters meters, String from) {
        return meters.counter(
                "millrace.keys.lookups",
                "Questions about keys by where the answer came from; stale and unavailable mean PostgreSQL is away",
                Tags.of("from", from));
    }
}
