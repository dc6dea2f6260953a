package io.millrace.kit.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Locale;

/** Where a breaker stands; each constant's name in lower case is the one in metrics and in the database. */
enum BreakerState {
    /** Calls are made, and their failures counted. */
    CLOSED,
    /** No call is made. */
    OPEN,
    /** A few calls are made, to find out whether the server is back. */
    HALF_OPEN;

    static BreakerState of(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> CLOSED;
            case OPEN -> OPEN;
            case HALF_OPEN -> HALF_OPEN;
            case DISABLED, METRICS_ONLY, FORCED_OPEN ->
                throw new IllegalStateException("no breaker of ours is brought into the state " + state);
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
