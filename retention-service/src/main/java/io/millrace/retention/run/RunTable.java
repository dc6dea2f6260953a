package io.millrace.retention.run;

import io.millrace.retention.expiry.StoredDay;
import io.millrace.retention.policy.DataSet;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The tables {@code retention_runs} and {@code retention_actions}. Every method is one statement; repeating one changes
 * nothing.
 */
public final class RunTable {
    private static final String COLUMNS = "run_id, started_at, finished_at, started_by, dry_run, outcome, error";

    private final DatabaseClient postgres;

    public RunTable(DatabaseClient postgres) {
        this.postgres = postgres;
    }

    /** {@return the newest runs, newest first} */
    public Flux<Run> newest(int limit) {
        return postgres.sql("SELECT " + COLUMNS + " FROM retention_runs ORDER BY started_at DESC, run_id LIMIT :limit")
                .bind("limit", limit)
                .map(RunTable::run)
                .all();
    }

    /** {@return the run; empty when there is none of that id} */
    public Mono<Run> find(UUID id) {
        return postgres.sql("SELECT " + COLUMNS + " FROM retention_runs WHERE run_id = :run_id")
                .bind("run_id", id)
                .map(RunTable::run)
                .one();
    }

    /** {@return what a run did, oldest day first} */
    public Flux<RunAction> actions(UUID id) {
        return postgres.sql("""
                        SELECT data_set, day, rows, bytes, state, reason FROM retention_actions
                        WHERE run_id = :run_id ORDER BY day, data_set""").bind("run_id", id).map(RunTable::action).all();
    }

    Mono<Void> insert(Run run) {
        return postgres.sql("""
                        INSERT INTO retention_runs (run_id, started_at, started_by, dry_run, outcome)
                        VALUES (:run_id, :started_at, :started_by, :dry_run, :outcome)""")
                .bind("run_id", run.id())
                .bind("started_at", run.startedAt())
                .bind("started_by", run.startedBy().wire())
                .bind("dry_run", run.dryRun())
                .bind("outcome", run.outcome().wire())
                .then();
    }

    Mono<Void> end(Run run) {
        return postgres.sql("""
                        UPDATE retention_runs SET finished_at = :finished_at, outcome = :outcome, error = :error
                        WHERE run_id = :run_id""")
                .bind("run_id", run.id())
                .bind("finished_at", nullable(run.finishedAt(), Instant.class))
                .bind("outcome", run.outcome().wire())
                .bind("error", nullable(run.error(), String.class))
                .then();
    }

    Mono<Void> put(UUID runId, RunAction action) {
        return postgres.sql("""
                        INSERT INTO retention_actions (run_id, data_set, day, rows, bytes, state, reason)
                        VALUES (:run_id, :data_set, :day, :rows, :bytes, :state, :reason)
                        ON CONFLICT (run_id, data_set, day) DO UPDATE SET state = :state, reason = :reason""")
                .bind("run_id", runId)
                .bind("data_set", action.day().dataSet().wire())
                .bind("day", action.day().day())
                .bind("rows", action.day().rows())
                .bind("bytes", action.day().bytes())
                .bind("state", action.state().wire())
                .bind("reason", nullable(action.reason(), String.class))
                .then();
    }

    /** {@return the runs that say they run; under the lock these are the holder's own and those whose process died} */
    Flux<Run> running() {
        return postgres.sql("SELECT " + COLUMNS + " FROM retention_runs WHERE outcome = 'running'")
                .map(RunTable::run)
                .all();
    }

    /** {@return the days that some run began to drop, as far as anyone wrote down} */
    Flux<Unfinished> dropping() {
        return postgres.sql("""
                        SELECT run_id, data_set, day, rows, bytes, state, reason FROM retention_actions
                        WHERE state = 'dropping' ORDER BY day, data_set""")
                .map(row -> new Unfinished(required(row, "run_id", UUID.class), action(row)))
                .all();
    }

    /** A drop of which it is not known whether it was done. */
    record Unfinished(UUID runId, RunAction action) {}

    /** {@return when the last scheduled run that succeeded was started} */
    Mono<Instant> lastOnSchedule() {
        return postgres.sql("""
                        SELECT started_at FROM retention_runs
                        WHERE started_by = 'schedule' AND outcome = 'succeeded'
                        ORDER BY started_at DESC LIMIT 1""")
                .map(row -> required(row, "started_at", Instant.class))
                .one();
    }

    /** {@return the largest skew of all logs: how far an event's time may be ahead of its receipt} */
    Mono<Duration> timestampSkewMax() {
        return postgres.sql("SELECT coalesce(max(timestamp_skew_max_seconds), 0) AS seconds FROM logs")
                .map(row -> Duration.ofSeconds(required(row, "seconds", Long.class)))
                .one();
    }

    /** Forgets all but the newest runs. */
    Mono<Void> prune(int kept) {
        return postgres.sql("""
                        DELETE FROM retention_runs WHERE run_id IN
                        (SELECT run_id FROM retention_runs ORDER BY started_at DESC, run_id OFFSET :kept)""").bind("kept", kept).then();
    }

    private static Run run(Readable row) {
        return new Run(
                required(row, "run_id", UUID.class),
                required(row, "started_at", Instant.class),
                row.get("finished_at", Instant.class),
                Run.StartedBy.valueOf(constant(row, "started_by")),
                required(row, "dry_run", Boolean.class),
                Run.Outcome.valueOf(constant(row, "outcome")),
                row.get("error", String.class));
    }

    private static RunAction action(Readable row) {
        StoredDay day = new StoredDay(
                DataSet.valueOf(constant(row, "data_set")),
                required(row, "day", LocalDate.class),
                required(row, "rows", Long.class),
                required(row, "bytes", Long.class));
        return new RunAction(day, RunAction.State.valueOf(constant(row, "state")), row.get("reason", String.class));
    }

    private static String constant(Readable row, String column) {
        return required(row, column, String.class).toUpperCase(Locale.ROOT);
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    private static Parameter nullable(@Nullable Object value, Class<?> type) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }
}
