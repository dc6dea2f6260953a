package io.millrace.kit.breaker;

/** What a failed call says of the server that it was meant for. */
public enum Verdict {
    /** It is away, or did not answer in time. */
    AWAY,
    /** It answered, though with an error. */
    THERE,
    /** Nothing: the call did not get as far as the server. */
    NOTHING
}
