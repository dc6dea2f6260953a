package io.millrace.kit.access;

/** What looking up a key came to. */
sealed interface KeyAnswer {
    /** A key in force. */
    record Known(ApiKey key) implements KeyAnswer {}

    /** No key, or one that is revoked or expired, or whose tenant is disabled. */
    record Unknown() implements KeyAnswer {}

    /** It cannot be said now: PostgreSQL is away and nothing is remembered. */
    record Unavailable() implements KeyAnswer {}
}
