package io.millrace.kit.breaker;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The table {@code circuit_breaker_events}. Writing is one statement; what is in the table already is not written again,
 * so that a write of which nobody knows the end can be repeated.
 */
final class BreakerEventTable {
    private static final String INSERT = """
            INSERT INTO circuit_breaker_events (service, instance, breaker, from_state, to_state, occurred_at)
            SELECT :service, :instance, breaker, from_state, to_state, occurred_at
            FROM unnest(:breakers, :from_states, :to_states, CAST(:times AS timestamptz[]))
                WITH ORDINALITY AS change (breaker, from_state, to_state, occurred_at, place)
            WHERE NOT EXISTS (
                SELECT FROM circuit_breaker_events known
                WHERE known.occurred_at = change.occurred_at AND known.service = :service
                    AND known.instance = :instance AND known.breaker = change.breaker
                    AND known.to_state = change.to_state)
            ORDER BY place
            """;

    private static final String PRUNE = """
            DELETE FROM circuit_breaker_events WHERE occurred_at < CAST(:before AS timestamptz)
            """;

    private final DatabaseClient postgres;
    private final Writer writer;
    private final Duration kept;
    private final Clock clock;

    BreakerEventTable(DatabaseClient postgres, Writer writer, Duration kept, Clock clock) {
        this.postgres = postgres;
        this.writer = writer;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Who writes.
     *
     * @param instance tells it apart from others of its service
     */
    record Writer(String service, String instance) {}

    /** Writes changes, oldest first, and deletes of all services what is older than is kept. */
    Mono<Void> write(List<StateChange> changes) {
        return insert(changes).then(prune());
    }

    private Mono<Void> insert(List<StateChange> changes) {
        return postgres.sql(INSERT)
                .bind("service", writer.service())
                .bind("instance", writer.instance())
                .bind("breakers", column(changes, StateChange::breaker))
                .bind("from_states", column(changes, change -> change.from().text()))
                .bind("to_states", column(changes, change -> change.to().text()))
                .bind("times", column(changes, change -> change.at().toString()))
                .then();
    }

    private Mono<Void> prune() {
        return postgres.sql(PRUNE)
                .bind("before", clock.instant().minus(kept).toString())
                .then();
    }

    private static String[] column(List<StateChange> changes, Function<StateChange, String> value) {
        return changes.stream().map(value).toArray(String[]::new);
    }
}
