package io.millrace.consumer.store;

import com.clickhouse.client.api.query.GenericRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** ClickHouse's clock, and whether it was restarted. */
final class ServerClock {
    /** The start is a difference of two clocks cut to seconds, so it wavers by one. */
    private static final Duration WAVER = Duration.ofSeconds(1);

    private final Statements statements;
    private final AtomicReference<Instant> startedAt = new AtomicReference<>(Instant.EPOCH);

    ServerClock(Statements statements) {
        this.statements = statements;
    }

    ServerMoment ask() {
        List<GenericRecord> rows = statements.rows(
                "SELECT toUnixTimestamp64Milli(now64(3)) AS now, toInt64(toUnixTimestamp(now())) - toInt64(uptime()) AS started",
                Map.of());
        GenericRecord row = rows.getFirst();
        Instant started = Instant.ofEpochSecond(row.getLong("started"));
        return new ServerMoment(
                Instant.ofEpochMilli(row.getLong("now")),
                startedAt.updateAndGet(
                        known -> Duration.between(known, started).abs().compareTo(WAVER) <= 0 ? known : started));
    }
}
