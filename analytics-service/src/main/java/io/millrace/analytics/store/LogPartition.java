package io.millrace.analytics.store;

import java.util.Comparator;

/** One stream of offsets: a partition of one incarnation of the topic. */
record LogPartition(int logId, int partition) implements Comparable<LogPartition> {
    private static final Comparator<LogPartition> ORDER =
            Comparator.comparingInt(LogPartition::logId).thenComparingInt(LogPartition::partition);

    @Override
    public int compareTo(LogPartition other) {
        return ORDER.compare(this, other);
    }
}
