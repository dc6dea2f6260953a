package io.millrace.prove.door;

/** What a sender sees. */
sealed interface Outcome {
    /**
     * An answer.
     *
     * @param head its first line and fields
     */
    record Answer(int status, String head, String body) implements Outcome {}

    /** The connection ended without one. */
    record End() implements Outcome {}

    /** Neither, for much longer than the door may take. */
    record Silence() implements Outcome {}

    /** The sender did not look. */
    record Unseen() implements Outcome {}
}
