package io.millrace.prove.fault;

import java.time.Instant;

/**
 * A time in which something was broken on purpose.
 *
 * @param began when it was about to be
 * @param mended when everything ran and said it was ready again; what follows from the fault may last longer
 */
public record Outage(PlannedFault fault, Instant began, Instant mended) {
    /** Whether any of it lay between two moments. */
    public boolean touches(Instant from, Instant to) {
        return !began.isAfter(to) && !mended.isBefore(from);
    }
}
