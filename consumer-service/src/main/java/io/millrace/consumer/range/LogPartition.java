package io.millrace.consumer.range;

import io.millrace.log.LogPosition;

/** One partition of one incarnation of the topic: a stream of offsets. */
public record LogPartition(int logId, int partition) {
    public LogPartition {
        if (logId < 1 || partition < 0 || partition >= LogPosition.PARTITIONS_MAX) {
            throw new IllegalArgumentException("no partition of any log: " + logId + "-" + partition);
        }
    }

    /** {@code <log>-<partition>}: what tokens and query ids start with, and the log messages say. */
    @Override
    public String toString() {
        return logId + "-" + partition;
    }
}
