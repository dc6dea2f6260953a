package io.millrace.kit.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A small table of the control database, kept in memory as it was last read: whole, when the database tells of a change,
 * when it can be heard again, and every now and then. While PostgreSQL is away the copy stays as it is.
 *
 * @param <T> what is made of the table; immutable
 */
public final class PostgresCopy<T> implements PostgresListener, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresCopy.class);

    private final Terms terms;
    private final Mono<T> table;
    private final Clock clock;
    private final AtomicInteger wanted = new AtomicInteger();
    private final Sinks.Empty<Void> first = Sinks.empty();
    private volatile @Nullable Reading<T> latest;
    private volatile boolean failing;
    private volatile Disposable refreshing = Disposables.disposed();

    /**
     * Knows nothing before it is started.
     *
     * @param rows reads the table, anew for each subscriber. It should connect for that: a connection that is given up amid
     *     a long answer does not find back into a pool
     * @param making what is to be known, of the rows and of what is known of them; for as long as it takes
     */
    public <R> PostgresCopy(Terms terms, Mono<R> rows, BiFunction<R, Optional<T>, Mono<T>> making, Clock clock) {
        this.terms = terms;
        this.table = rows.timeout(terms.readTimeout()).flatMap(all -> making.apply(all, latest().map(Reading::value)));
        this.clock = clock;
    }

    /**
     * What is read, and when.
     *
     * @param what it is, in the plural, for the log
     * @param channel on which the database tells of a change
     * @param refresh after which it is read again, told of a change or not
     * @param readTimeout for reading it; then PostgreSQL counts as away
     */
    public record Terms(String what, String channel, Duration refresh, Duration readTimeout) {}

    /**
     * What is known.
     *
     * @param asOf when it was asked for
     */
    public record Reading<T>(T value, Instant asOf) {}

    /** {@return what was read last; empty before there was anything} */
    public Optional<Reading<T>> latest() {
        return Optional.ofNullable(latest);
    }

    /** {@return what was read last, or that before there was anything} */
    public T latestOr(T nothing) {
        Reading<T> reading = latest;
        return reading == null ? nothing : reading.value();
    }

    @Override
    public String channel() {
        return terms.channel();
    }

    @Override
    public void told(String payload) {
        readAgain();
    }

    @Override
    public void listening() {
        readAgain();
    }

    /** Before the ports are opened, so that the first request finds what there is, if it can be had. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** Reads it for the first time, and waits for that, whatever comes of it. */
    @Override
    public void start() {
        readAgain();
        first.asMono().block();
        refreshing = Flux.interval(terms.refresh()).onBackpressureDrop().subscribe(_ -> readAgain());
    }

    @Override
    public void stop() {
        refreshing.dispose();
    }

    @Override
    public boolean isRunning() {
        return !refreshing.isDisposed();
    }

    /** One reading at a time, and one more for all that was wanted meanwhile: it begins after the last change was told. */
    private void readAgain() {
        if (wanted.getAndIncrement() == 0) {
            readWanted();
        }
    }

    private void readWanted() {
        int before = wanted.get();
        var _ = read().doFinally(_ -> {
                    first.tryEmitEmpty();
                    if (wanted.addAndGet(-before) > 0) {
                        readWanted();
                    }
                })
                .subscribe();
    }

    /** Never fails: what is known stays, and its age tells. */
    private Mono<Void> read() {
        return Mono.defer(() -> {
            Instant asOf = clock.instant();
            return table.doOnNext(value -> take(new Reading<>(value, asOf)))
                    .onErrorResume(error -> {
                        fail(error);
                        return Mono.empty();
                    })
                    .then();
        });
    }

    private void take(Reading<T> reading) {
        latest = reading;
        if (failing) {
            failing = false;
            LOG.info("{} can be read again", terms.what());
        }
    }

    private void fail(Throwable error) {
        if (!failing) {
            failing = true;
            LOG.warn("{} cannot be read, and those that are known stay in force: {}", terms.what(), error.toString());
        }
    }
}
