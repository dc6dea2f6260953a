package io.millrace.retention.expiry;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of the log is stored, as its ledger says.
 *
 * @param storedTo the next offset
 * @param lastReceived when the last record that is stored was received; null when there is none
 */
public record PartitionProgress(long storedTo, @Nullable Instant lastReceived) {
    Optional<Instant> received() {
        return Optional.ofNullable(lastReceived);
    }
}
