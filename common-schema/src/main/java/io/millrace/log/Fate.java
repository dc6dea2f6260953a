package io.millrace.log;

/** What becomes of a record: a function of the log up to it, and of nothing else. */
public sealed interface Fate {
    /**
     * It is an event, and the first of its id.
     *
     * @param event valid until the reader reads the next record
     */
    record Stored(StoredEvent event) implements Fate {}

    /** It is a further copy of an event: see {@link DuplicateWindow}. */
    record Duplicate() implements Fate {}

    /**
     * It is no event, and is kept for its owner to look at.
     *
     * @param tenant as the header says, or empty
     * @param reason stable code
     * @param detail for people
     */
    record DeadLetter(String tenant, String reason, String detail) implements Fate {}

    /** It was written by a newer Millrace: whoever reads it must stop here and be upgraded. */
    record UnknownVersion(String version) implements Fate {}

    /** It is an event, and nobody can say whether the first of its id, because Kafka has deleted what would tell. */
    record Unjudgeable() implements Fate {}
}
