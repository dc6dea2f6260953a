package io.millrace.prove.verdict;

import java.util.BitSet;

/**
 * What must become of the offsets of one partition.
 *
 * @param end the first offset that is not in it
 * @param stored offsets of events that are no duplicates
 * @param duplicates offsets of further copies
 * @param deadLetters offsets of records that are no events
 */
record PartitionRecount(int partition, int end, BitSet stored, BitSet duplicates, BitSet deadLetters) {

    long skipped() {
        return end - records();
    }

    long records() {
        return (long) stored.cardinality() + duplicates.cardinality() + deadLetters.cardinality();
    }

    /** What an offset's fate must be, in words. */
    String fate(int offset) {
        if (offset >= end) {
            return "beyond the log's end";
        }
        if (stored.get(offset)) {
            return "an event";
        }
        if (duplicates.get(offset)) {
            return "a duplicate";
        }
        return deadLetters.get(offset) ? "a dead letter" : "no record";
    }
}
