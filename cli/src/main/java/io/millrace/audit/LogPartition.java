package io.millrace.audit;

import java.util.Comparator;

/** One partition of one log: a stream of offsets. */
public record LogPartition(int logId, int partition) implements Comparable<LogPartition> {
    private static final Comparator<LogPartition> ORDER =
            Comparator.comparingInt(LogPartition::logId).thenComparingInt(LogPartition::partition);

    @Override
    public int compareTo(LogPartition other) {
        return ORDER.compare(this, other);
    }

    /** {@code <log>-<partition>}, as everywhere. */
    @Override
    public String toString() {
        return logId + "-" + partition;
    }
}
