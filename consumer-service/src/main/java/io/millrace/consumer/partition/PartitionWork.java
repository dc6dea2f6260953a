package io.millrace.consumer.partition;

import io.millrace.consumer.store.RangeStore;

/**
 * What all partitions work with.
 *
 * @param opening how partitions are opened, which may take long and must not hold up those that are stored
 */
record PartitionWork(
        LogQuestions log,
        LogHistory history,
        RangeStore store,
        ConsumerSettings settings,
        Repeated.Repetition opening,
        Repeated.Repetition storing,
        PartitionMeters meters) {}
