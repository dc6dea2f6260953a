package io.millrace.prove.verdict;

import java.util.List;
import java.util.Map;

/**
 * The log's own account of what must be stored.
 *
 * @param partitions by number, from 0
 * @param sums by tenant and type, a tab between them
 * @param reasons of dead letters, as far as their producers know
 */
record LogRecount(List<PartitionRecount> partitions, Map<String, Sums> sums, Map<String, Long> reasons) {

    /** All that could be read. */
    long records() {
        return partitions.stream().mapToLong(PartitionRecount::records).sum();
    }

    long stored() {
        return partitions.stream().mapToLong(one -> one.stored().cardinality()).sum();
    }

    long duplicates() {
        return partitions.stream()
                .mapToLong(one -> one.duplicates().cardinality())
                .sum();
    }

    long deadLetters() {
        return partitions.stream()
                .mapToLong(one -> one.deadLetters().cardinality())
                .sum();
    }

    long skipped() {
        return partitions.stream().mapToLong(PartitionRecount::skipped).sum();
    }

    @Override
    public String toString() {
        return "%,d events, %,d duplicates, %,d dead letters, %,d offsets without a record"
                .formatted(stored(), duplicates(), deadLetters(), skipped());
    }
}
