package io.millrace.consumer.store;

/** What writing a range came to. */
public sealed interface Outcome {
    /** All of it is in its tables, and in the ledger. */
    record Stored() implements Outcome {}

    /** The partition went to somebody else meanwhile. */
    record Abandoned() implements Outcome {}

    /**
     * The tables hold what no schedule known to us leads to.
     *
     * @param message what was found; for the log
     */
    record Unexplained(String message) implements Outcome {}
}
