package io.millrace.consumer.partition;

import io.millrace.consumer.store.RangeStore;
import io.millrace.log.RecordReader;

/**
 * What all partitions work with.
 *
 * @param reader decides what a record is
 */
record PartitionWork(
        PartitionOpener opener,
        RecordReader reader,
        RangeStore store,
        Repeated.Repetition repetition,
        PartitionMeters meters) {}
