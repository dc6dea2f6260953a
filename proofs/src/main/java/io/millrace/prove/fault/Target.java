package io.millrace.prove.fault;

/** What can be killed. */
enum Target {
    CONSUMER,
    /** Both at once. */
    CONSUMERS,
    /** One instance of analytics-service. */
    ANALYTICS,
    CLICKHOUSE,
    KAFKA;

    int processes() {
        return this == CONSUMERS ? 2 : 1;
    }
}
