package io.millrace.consumer.partition;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be said of a partition.
 *
 * @param storedUpTo the first offset that is not stored; empty until the ledger is read
 * @param unstoredSince LogAppendTime of the oldest record that is read and not stored, else of the newest stored one, as
 *     no unstored record is older; empty until the ledger is read
 * @param problem code of what is in its way, or empty
 * @param failures of what is tried now, in a row
 */
record PartitionStatus(
        int partition,
        PartitionState state,
        OptionalLong storedUpTo,
        Optional<Instant> unstoredSince,
        String problem,
        int failures) {}
