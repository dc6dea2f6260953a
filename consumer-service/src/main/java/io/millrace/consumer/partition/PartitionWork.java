package io.millrace.consumer.partition;

import io.millrace.consumer.store.RangeStore;
import io.millrace.log.LogTerms;

/**
 * What all partitions work with.
 *
 * @param terms by which it is decided what a record is
 */
record PartitionWork(
        PartitionOpener opener,
        LogTerms terms,
        RangeStore store,
        Repeated.Repetition repetition,
        PartitionMeters meters) {}
