package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The right to replay, and all that is written under it. Both are one session of PostgreSQL: who has lost the right, by
 * a dead connection, can write nothing any more, however late it wakes up. Blocks, so not for event loops.
 *
 * <p>Every statement can be repeated. A claim is made once; what is done with it half-way shows in the log.
 */
final class ReplaySession implements AutoCloseable {
    /** Any number that nothing else locks by; the letters "millrepl". */
    static final long KEY = 0x6D696C6C7265706CL;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** PostgreSQL gives a lost host's session up after 30 s and not after its default of two hours. */
    private static final String FIND_LOST_HOLDERS =
            "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

    private static final String CLAIMED = """
            SELECT log_id, partition, log_offset, to_log_id, to_partition, to_offset FROM dead_letter_replays
            WHERE state = 'claimed' ORDER BY claimed_at LIMIT $1""";

    private static final String CLAIM = """
            INSERT INTO dead_letter_replays (log_id, partition, log_offset, state, to_log_id, to_partition, to_offset)
            SELECT a, b, c, 'claimed', d, e, f
            FROM unnest($1::int[], $2::int[], $3::bigint[], $4::int[], $5::int[], $6::bigint[]) AS asked (a, b, c, d, e, f)
            ON CONFLICT DO NOTHING RETURNING log_id, partition, log_offset""";

    private static final String RELEASE = """
            DELETE FROM dead_letter_replays
            WHERE log_id = $1 AND partition = $2 AND log_offset = $3 AND state = 'claimed'""";

    private static final String REPLAYED = """
            UPDATE dead_letter_replays
            SET state = 'replayed', to_log_id = d, to_partition = e, to_offset = f, replayed_at = now()
            FROM unnest($1::int[], $2::int[], $3::bigint[], $4::int[], $5::int[], $6::bigint[]) AS known (a, b, c, d, e, f)
            WHERE log_id = a AND partition = b AND log_offset = c AND state = 'claimed'""";

    private final Connection session;

    private ReplaySession(Connection session) {
        this.session = session;
    }

    /**
     * Takes the right.
     *
     * @param sessions makes new sessions, not ones of a pool, which would outlive their holder
     * @return empty when another has it
     */
    static Optional<ReplaySession> tryOpen(ConnectionFactory sessions) {
        ReplaySession session = new ReplaySession(
                Objects.requireNonNull(Mono.from(sessions.create()).block(PATIENCE)));
        boolean taken = false;
        try {
            Flux.from(session.session.createStatement(FIND_LOST_HOLDERS).execute())
                    .flatMap(Result::getRowsUpdated)
                    .blockLast(PATIENCE);
            taken = session.rows(
                            session.session.createStatement("SELECT pg_try_advisory_lock(" + KEY + ") AS taken"),
                            row -> Objects.requireNonNull(row.get("taken", Boolean.class)))
                    .getFirst();
            return taken ? Optional.of(session) : Optional.empty();
        } finally {
            if (!taken) {
                session.close();
            }
        }
    }

    /** {@return the oldest replays that were begun and not ended: under the right they are interrupted ones} */
    List<Claim> claimed(int limit) {
        return rows(
                session.createStatement(CLAIMED).bind("$1", limit),
                row -> new Claim(
                        ReplayStates.position(row, "log_id", "partition", "log_offset"),
                        ReplayStates.position(row, "to_log_id", "to_partition", "to_offset")));
    }

    /** {@return the letters that are claimed now and were not before} */
    Set<LogPosition> claim(List<Claim> claims) {
        return new HashSet<>(
                rows(bound(CLAIM, claims), row -> ReplayStates.position(row, "log_id", "partition", "log_offset")));
    }

    /** The letter is in the log no second time, so it may be replayed again. */
    void release(LogPosition letter) {
        Statement statement = session.createStatement(RELEASE)
                .bind("$1", letter.logId())
                .bind("$2", letter.partition())
                .bind("$3", letter.offset());
        update(statement);
    }

    /** These letters are in the log again, there. */
    void replayed(Map<LogPosition, LogPosition> places) {
        List<Claim> known = new ArrayList<>();
        places.forEach((letter, place) -> known.add(new Claim(letter, place)));
        update(bound(REPLAYED, known));
    }

    private Statement bound(String sql, List<Claim> claims) {
        return session.createStatement(sql)
                .bind("$1", ints(claims, claim -> claim.letter().logId()))
                .bind("$2", ints(claims, claim -> claim.letter().partition()))
                .bind("$3", longs(claims, claim -> claim.letter().offset()))
                .bind("$4", ints(claims, claim -> claim.searchFrom().logId()))
                .bind("$5", ints(claims, claim -> claim.searchFrom().partition()))
                .bind("$6", longs(claims, claim -> claim.searchFrom().offset()));
    }

    private static Integer[] ints(List<Claim> claims, ToIntFunction<Claim> part) {
        return claims.stream().map(part::applyAsInt).toArray(Integer[]::new);
    }

    private static Long[] longs(List<Claim> claims, ToLongFunction<Claim> part) {
        return claims.stream().map(part::applyAsLong).toArray(Long[]::new);
    }

    private <T> List<T> rows(Statement statement, Function<Row, T> read) {
        return Objects.requireNonNull(Flux.from(statement.execute())
                .flatMap(result -> result.map((row, _) -> read.apply(row)))
                .collectList()
                .block(PATIENCE));
    }

    private void update(Statement statement) {
        Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).blockLast(PATIENCE);
    }

    @Override
    public void close() {
        Mono.from(session.close()).onErrorComplete().block(PATIENCE);
    }
}
