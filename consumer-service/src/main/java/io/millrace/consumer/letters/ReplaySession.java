package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
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
            USING unnest($1::int[], $2::int[], $3::bigint[]) AS absent (a, b, c)
            WHERE log_id = a AND partition = b AND log_offset = c AND state = 'claimed'""";

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
        ReplaySession session = new ReplaySession(answer(Mono.from(sessions.create())));
        boolean taken = false;
        try {
            update(session.session.createStatement(FIND_LOST_HOLDERS));
            taken = rows(
                            session.session.createStatement("SELECT pg_try_advisory_lock(" + KEY + ") AS taken"),
                            row -> Objects.requireNonNull(row.get("taken", Boolean.class)))
                    .getFirst();
            return taken ? Optional.of(session) : Optional.empty();
        } finally {
            if (!taken) {
                session.end();
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

    /** These letters are in the log no second time, so they may be replayed again. */
    void release(Collection<LogPosition> letters) {
        update(named(RELEASE, List.copyOf(letters)));
    }

    /** These letters are in the log again, there. */
    void replayed(Map<LogPosition, LogPosition> places) {
        List<Claim> known = new ArrayList<>();
        places.forEach((letter, place) -> known.add(new Claim(letter, place)));
        update(bound(REPLAYED, known));
    }

    private Statement bound(String sql, List<Claim> claims) {
        List<LogPosition> places = claims.stream().map(Claim::searchFrom).toList();
        return named(sql, claims.stream().map(Claim::letter).toList())
                .bind("$4", ints(places, LogPosition::logId))
                .bind("$5", ints(places, LogPosition::partition))
                .bind("$6", longs(places));
    }

    private Statement named(String sql, List<LogPosition> letters) {
        return session.createStatement(sql)
                .bind("$1", ints(letters, LogPosition::logId))
                .bind("$2", ints(letters, LogPosition::partition))
                .bind("$3", longs(letters));
    }

    private static Integer[] ints(List<LogPosition> positions, ToIntFunction<LogPosition> part) {
        return positions.stream().map(part::applyAsInt).toArray(Integer[]::new);
    }

    private static Long[] longs(List<LogPosition> positions) {
        return positions.stream().map(LogPosition::offset).toArray(Long[]::new);
    }

    private static <T> List<T> rows(Statement statement, Function<Row, T> read) {
        return answer(Flux.from(statement.execute())
                .flatMap(result -> result.map((row, _) -> read.apply(row)))
                .collectList());
    }

    private static void update(Statement statement) {
        answer(Flux.from(statement.execute()).flatMap(Result::getRowsUpdated).then(Mono.just(true)));
    }

    private static <T> T answer(Mono<T> asked) {
        return Objects.requireNonNull(
                asked.timeout(PATIENCE, Mono.error(() -> new R2dbcTimeoutException("no answer for " + PATIENCE)))
                        .block());
    }

    /**
     * Gives the right back. The server gives it up when the session ends, too, but some time after that was asked for, and
     * the next page of a replay would find it taken.
     */
    @Override
    public void close() {
        Flux.from(session.createStatement("SELECT pg_advisory_unlock(" + KEY + ")")
                        .execute())
                .flatMap(result -> result.map((row, _) -> true))
                .then()
                .timeout(PATIENCE)
                .onErrorComplete()
                .block();
        end();
    }

    private void end() {
        Mono.from(session.close()).timeout(PATIENCE).onErrorComplete().block();
    }
}
