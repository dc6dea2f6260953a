package io.millrace.prove.counting;

/** What was the matter when a question was asked. */
enum Circumstance {
    /** Nothing, and one instance had all partitions. */
    ALONE("one instance, whole"),
    /** Nothing, and nothing was left of what had been. */
    NOTHING_BROKEN("nothing broken"),
    /** Nothing was broken, but consequences may have lasted. */
    BETWEEN_OUTAGES("between the outages"),
    /** Something was, at some time between question and answer. */
    DURING_OUTAGE("during an outage");

    private final String text;

    Circumstance(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
