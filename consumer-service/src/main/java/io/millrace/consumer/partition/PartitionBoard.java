package io.millrace.consumer.partition;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What poll threads last said of their partitions, for metrics and for whoever asks. */
final class PartitionBoard {
    private final Map<Integer, PartitionStatus> statuses = new ConcurrentSkipListMap<>();
    private final Map<Integer, Long> logEnds = new ConcurrentHashMap<>();
    private final InstantSource clock;

    PartitionBoard(InstantSource clock) {
        this.clock = clock;
    }

    void put(PartitionStatus status) {
        statuses.put(status.partition(), status);
    }

    void remove(int partition) {
        statuses.remove(partition);
    }

    /** Takes note of the end of the log as committed transactions leave it. */
    void putLogEnd(int partition, long end) {
        logEnds.put(partition, end);
    }

    List<PartitionStatus> all() {
        return List.copyOf(statuses.values());
    }

    Optional<PartitionStatus> of(int partition) {
        return Optional.ofNullable(statuses.get(partition));
    }

    /** Offsets of the log that are not stored; empty while either end is unknown. */
    OptionalLong lagRecords(PartitionStatus status) {
        Long end = logEnds.get(status.partition());
        return end == null || status.storedUpTo().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, end - status.storedUpTo().getAsLong()));
    }

    /** How old the oldest record is that is not stored, at most; zero when all are, empty while nothing is known. */
    Optional<Duration> lag(PartitionStatus status) {
        if (lagRecords(status).orElse(1) == 0) {
            return Optional.of(Duration.ZERO);
        }
        return status.unstoredSince().map(since -> {
            Duration age = Duration.between(since, clock.instant());
            return age.isNegative() ? Duration.ZERO : age;
        });
    }
}
