package io.millrace.consumer.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** ClickHouse's clock, and whether the server was restarted. */
public final class ServerClock {
    /** The start is a difference of two clocks cut to seconds, so it wavers by one. */
    private static final Duration WAVER = Duration.ofSeconds(1);

    private final Statements statements;
    private final LongSupplier nanos;
    private final AtomicReference<Answer> last = new AtomicReference<>(new Answer(ServerMoment.NEVER, 0));

    private record Answer(ServerMoment moment, long nanos) {}

    ServerClock(Statements statements, LongSupplier nanos) {
        this.statements = statements;
        this.nanos = nanos;
    }

    ServerMoment ask() {
        long before = nanos.getAsLong();
        ServerMoment told = statements.row(
                "SELECT toUnixTimestamp64Milli(now64(3)) AS now, toInt64(toUnixTimestamp(now())) - toInt64(uptime()) AS started",
                Map.of(),
                row -> new ServerMoment(
                        Instant.ofEpochMilli(row.getLong("now")), Instant.ofEpochSecond(row.getLong("started"))));
        return last.updateAndGet(known -> new Answer(
                        new ServerMoment(told.now(), steady(known.moment().startedAt(), told.startedAt())), before))
                .moment();
    }

    /** Asks it, so that {@link #now} knows; blocks. Nothing that is timed by a clock never asked would be in time. */
    public void look() {
        ask();
    }

    /**
     * About what its clock says now, by its last answer and what has passed since. A server whose clock was moved
     * meanwhile refuses what is timed by this, or makes the next owner wait longer.
     */
    public Instant now() {
        Answer answer = last.get();
        return answer.moment().now().plusNanos(nanos.getAsLong() - answer.nanos());
    }

    /** When the server that answered last was started. */
    Instant startedAt() {
        return last.get().moment().startedAt();
    }

    private static Instant steady(Instant known, Instant started) {
        return Duration.between(known, started).abs().compareTo(WAVER) <= 0 ? known : started;
    }
}
