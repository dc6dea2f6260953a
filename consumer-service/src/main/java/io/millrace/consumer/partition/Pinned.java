package io.millrace.consumer.partition;

import io.millrace.consumer.range.LedgerEntry;

/**
 * A range that was begun before this assignment, and is to be completed as it was cut.
 *
 * @param endOffset exclusive; it starts where reading starts
 * @param leaderEpoch of its last record, {@link LedgerEntry#EPOCH_UNKNOWN} when nobody knows
 * @param attempt the next one
 */
record Pinned(long endOffset, int leaderEpoch, int attempt) {}
