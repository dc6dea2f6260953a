package io.millrace.retention.expiry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * How far the log was stored at one moment.
 *
 * @param now by ClickHouse's clock, read before the rest
 * @param partitions how many the log has
 * @param ends of the log, read before {@code stored}
 * @param stored by partition
 */
public record LogProgress(Instant now, int partitions, LogEnds ends, Map<Integer, PartitionProgress> stored) {
    public LogProgress {
        stored = Map.copyOf(stored);
    }

    /**
     * Why a day of receipt is not sealed; empty when it is, which means that no record received on it is still to be
     * stored.
     *
     * <p>A partition is past the day when a later record of it is stored, or when all of it is: what is appended after
     * its end was read is received later than {@code now}.
     *
     * @param sealDelay how long after its end a day may still get records: brokers' clocks differ
     */
    public Optional<String> unsealed(LocalDate day, Duration sealDelay) {
        Instant sealedFrom =
                day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(sealDelay);
        if (now.isBefore(sealedFrom)) {
            return Optional.of("not_sealed: the day is sealed at " + sealedFrom + " at the earliest");
        }
        for (int partition = 0; partition < partitions; partition++) {
            Optional<String> behind = behind(partition, sealedFrom);
            if (behind.isPresent()) {
                return Optional.of("not_sealed: partition " + partition + " " + behind.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> behind(int partition, Instant sealedFrom) {
        PartitionProgress progress = stored.get(partition);
        if (progress == null) {
            return Optional.of("has no ledger");
        }
        if (progress.received().filter(last -> !last.isBefore(sealedFrom)).isPresent()) {
            return Optional.empty();
        }
        return switch (ends) {
            case LogEnds.Unknown(String why) ->
                Optional.of("has stored nothing received after the day, and its end is unknown: " + why);
            case LogEnds.Known(Map<Integer, Long> nextOffsets) -> {
                Long end = nextOffsets.get(partition);
                if (end == null) {
                    yield Optional.of("has no end in Kafka");
                }
                yield progress.storedTo() >= end
                        ? Optional.empty()
                        : Optional.of("is stored up to offset " + progress.storedTo() + " of " + end);
            }
        };
    }
}
