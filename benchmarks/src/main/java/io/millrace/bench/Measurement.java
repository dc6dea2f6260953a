package io.millrace.bench;

import java.io.PrintStream;
import java.util.Set;

/** Something that can be measured by its name. */
sealed interface Measurement permits Codec, Pipeline, Ingest, Quotas, Drain, Storage, Query, Freshness {
    String name();

    /** One line for the list. */
    String purpose();

    /** The options it understands. */
    Set<Extent.Option> takes();

    /** Measures and prints. */
    void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException;
}
