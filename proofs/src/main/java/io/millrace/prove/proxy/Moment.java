package io.millrace.prove.proxy;

/** A moment of a request on its way. */
public enum Moment {
    /** The consumer has sent all of it, ClickHouse has none of it. */
    BEFORE,
    /** ClickHouse has half of it. */
    HALF,
    /** ClickHouse has all of it and has not answered. */
    SENT,
    /** ClickHouse has answered, the consumer does not know. */
    ANSWERED,
    /** The consumer has the answer, at this very moment. */
    HANDED_OVER
}
