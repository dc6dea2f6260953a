/**
 * The partitions this process owns: read from Kafka on poll threads, cut into ranges, stored on other threads.
 *
 * <p>In: records of the topic. Out: stored ranges and committed offsets. A partition starts where its ledger ends; the
 * committed offset is only a hint for people and tools. All state of a partition is touched by its poll thread alone,
 * which never waits for ClickHouse while it owns the partition, so that the group membership is kept however long
 * ClickHouse is away.
 */
@NullMarked
package io.millrace.consumer.partition;

import org.jspecify.annotations.NullMarked;
