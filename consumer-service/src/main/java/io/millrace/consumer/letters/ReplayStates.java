package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The table {@code dead_letter_replays}, read. */
final class ReplayStates {
    private static final String OF = """
            SELECT log_id, partition, log_offset, state, claimed_at, to_log_id, to_partition, to_offset, replayed_at
            FROM dead_letter_replays
            JOIN unnest(:logs::int[], :partitions::int[], :offsets::bigint[]) AS asked (a, b, c)
                ON log_id = a AND partition = b AND log_offset = c""";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DatabaseClient postgres;

    ReplayStates(DatabaseClient postgres) {
        this.postgres = postgres;
    }

    /** {@return the states of these letters, but for those that are open} */
    Mono<Map<LogPosition, ReplayState>> of(Collection<LogPosition> letters) {
        List<LogPosition> asked = List.copyOf(letters);
        return postgres.sql(OF)
                .bind("logs", asked.stream().map(LogPosition::logId).toArray(Integer[]::new))
                .bind("partitions", asked.stream().map(LogPosition::partition).toArray(Integer[]::new))
                .bind("offsets", asked.stream().map(LogPosition::offset).toArray(Long[]::new))
                .map(row -> Map.entry(position(row, "log_id", "partition", "log_offset"), state(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(PATIENCE, Mono.error(() -> new R2dbcTimeoutException("no answer for " + PATIENCE)));
    }

    private static ReplayState state(Readable row) {
        Instant replayedAt = row.get("replayed_at", Instant.class);
        return replayedAt == null
                ? new ReplayState.Claimed(required(row, "claimed_at", Instant.class))
                : new ReplayState.Replayed(position(row, "to_log_id", "to_partition", "to_offset"), replayedAt);
    }

    static LogPosition position(Readable row, String log, String partition, String offset) {
        return new LogPosition(
                required(row, log, Integer.class),
                required(row, partition, Integer.class),
                required(row, offset, Long.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
