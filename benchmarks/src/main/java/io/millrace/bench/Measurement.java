package io.millrace.bench;

import java.io.PrintStream;

/** Something that can be measured by its name. */
sealed interface Measurement permits Codec, Pipeline, Drain, Storage {
    String name();

    /** One line for the list. */
    String purpose();

    /**
     * Measures and prints.
     *
     * @param thorough minutes instead of seconds, for numbers to be quoted
     */
    void run(boolean thorough, PrintStream out) throws MeasurementException, InterruptedException;
}
