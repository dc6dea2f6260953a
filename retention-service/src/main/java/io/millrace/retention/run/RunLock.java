package io.millrace.retention.run;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The right to run: an advisory lock of PostgreSQL, held by a session of its own and gone with it. Blocks, so not for
 * event loops.
 */
final class RunLock implements AutoCloseable {
    /** Any number that nothing else locks by; the letters "millrete". */
    static final long KEY = 0x6D696C6C72657465L;

    private static final String TRY = "SELECT pg_try_advisory_lock(" + KEY + ")";
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** PostgreSQL gives a lost host's session up after 30 s and not after its default of two hours. */
    private static final String FIND_LOST_HOLDERS =
            "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";

    private final Connection session;

    private RunLock(Connection session) {
        this.session = session;
    }

    /**
     * Takes the lock.
     *
     * @param sessions makes new sessions, not ones of a pool, which would outlive the lock's holder
     * @param patience how long to wait for another holder
     * @return empty when another run holds it
     */
    static Optional<RunLock> tryTake(ConnectionFactory sessions, Duration patience) {
        RunLock lock = new RunLock(block(Mono.from(sessions.create())));
        boolean taken = false;
        try {
            block(Flux.from(lock.session.createStatement(FIND_LOST_HOLDERS).execute())
                    .flatMap(result -> result.getRowsUpdated())
                    .then(Mono.just(true)));
            long start = System.nanoTime();
            taken = lock.ask(TRY);
            while (!taken && System.nanoTime() - start < patience.toNanos()) {
                LockSupport.parkNanos(PAUSE.toNanos());
                taken = lock.ask(TRY);
            }
        } finally {
            if (!taken) {
                lock.close();
            }
        }
        return taken ? Optional.of(lock) : Optional.empty();
    }

    /**
     * Makes sure that the session, and so the lock, is still there. To be called before each step that must not be done
     * by two.
     *
     * @throws RuntimeException when it is gone
     */
    void requireHeld() {
        ask("SELECT true");
    }

    private boolean ask(String sql) {
        return block(Flux.from(session.createStatement(sql).execute())
                .flatMap(result -> result.map((row, _) -> Objects.requireNonNull(row.get(0, Boolean.class))))
                .single());
    }

    @Override
    public void close() {
        Mono.from(session.close()).onErrorComplete().block(PATIENCE);
    }

    private static <T> T block(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(PATIENCE));
    }
}
