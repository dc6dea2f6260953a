package io.millrace.consumer.partition;

import io.millrace.consumer.store.RangeStore;
import io.millrace.log.RecordReader;

/**
 * What all partitions work with.
 *
 * @param reader decides what a record is
 * @param opening how partitions are opened, which may take long and must not hold up those that are stored
 */
record PartitionWork(
        LogQuestions log,
        RecordReader reader,
        RangeStore store,
        ConsumerSettings settings,
        Repeated.Repetition opening,
        Repeated.Repetition storing,
        PartitionMeters meters) {}
