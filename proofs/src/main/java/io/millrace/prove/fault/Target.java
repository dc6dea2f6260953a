package io.millrace.prove.fault;

/** What can be killed. */
enum Target {
    CONSUMER,
    /** Both at once. */
    CONSUMERS,
    CLICKHOUSE,
    KAFKA;

    int processes() {
        return this == CONSUMERS ? 2 : 1;
    }
}
