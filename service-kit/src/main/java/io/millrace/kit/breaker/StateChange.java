package io.millrace.kit.breaker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A breaker went from one state to another.
 *
 * @param at in whole microseconds, as PostgreSQL keeps it
 */
record StateChange(String breaker, BreakerState from, BreakerState to, Instant at) {
    StateChange {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
