package io.millrace.consumer.store;

import java.util.UUID;

/** Names of queries: {@code <log>-<partition>-…}, so that all of a partition's can be found, and killed. */
final class QueryIds {
    private QueryIds() {}

    /** A name that no other query has: ClickHouse refuses a second one under the same name while the first runs. */
    static String next(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }
}
