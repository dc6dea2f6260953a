package io.millrace.prove.fault;

import java.time.Duration;

/**
 * A fault in its place in the plan.
 *
 * @param number from 1
 * @param pause since the one before
 */
public record PlannedFault(int number, Duration pause, Fault fault) {
    @Override
    public String toString() {
        return number + " " + fault.kind();
    }
}
