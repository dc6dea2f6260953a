package io.millrace.prove.fault;

/** What happens to a consumer while its request is held back. */
enum Owner {
    KILLED,
    FROZEN,
    /** It gives the request up by itself. */
    AWAKE
}
