package io.millrace.consumer.store;

import io.millrace.consumer.range.LogPartition;
import java.util.UUID;

/** Names of writes: {@code <log>-<partition>-…}, so that all of a partition's can be found, and killed. */
final class QueryIds {
    private QueryIds() {}

    /** What the names of a partition's writes start with, and no others. */
    static String prefix(LogPartition partition) {
        return partition + "-";
    }

    /** A name that no other query has: ClickHouse refuses a second one under the same name while the first runs. */
    static String next(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }
}
