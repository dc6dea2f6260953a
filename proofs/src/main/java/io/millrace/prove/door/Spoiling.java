package io.millrace.prove.door;

import java.util.SplittableRandom;

/**
 * A way to spoil a request.
 *
 * @param name for the report
 * @param weight how often it is chosen, in proportion to the others
 * @param way what it does
 */
record Spoiling(String name, int weight, Way way) {

    /** Spoils a good request, by choices of its own. */
    @FunctionalInterface
    interface Way {
        Shot spoil(Draft draft, SplittableRandom random);
    }
}
