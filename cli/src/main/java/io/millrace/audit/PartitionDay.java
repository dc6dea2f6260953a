package io.millrace.audit;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What is counted by itself.
 *
 * @param day of receipt, UTC
 */
record PartitionDay(LogPartition place, LocalDate day) implements Comparable<PartitionDay> {
    private static final Comparator<PartitionDay> ORDER =
            Comparator.comparing(PartitionDay::place).thenComparing(PartitionDay::day);

    @Override
    public int compareTo(PartitionDay other) {
        return ORDER.compare(this, other);
    }
}
