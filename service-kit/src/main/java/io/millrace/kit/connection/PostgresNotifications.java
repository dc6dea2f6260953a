package io.millrace.kit.connection;

import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.List;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hears what sessions of the control database tell one another by NOTIFY, over one connection of its own. PostgreSQL keeps
 * nothing for who is not connected, so listeners are told each time that listening begins. A connection that died without
 * a word is found by asking it something every {@link #CHECK_INTERVAL}.
 */
public final class PostgresNotifications implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresNotifications.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PostgresqlConnectionFactory postgres;
    private final List<PostgresListener> listeners;
    private volatile boolean listening;
    private volatile Disposable running = Disposables.disposed();

    /** Connects when it is started. */
    public PostgresNotifications(PostgresqlConnectionFactory postgres, List<PostgresListener> listeners) {
        this.postgres = postgres;
        this.listeners = List.copyOf(listeners);
    }

    /** Whether everything that is told is heard, as far as is known. */
    public boolean isListening() {
        return listening;
    }

    @Override
    public void start() {
        running = Flux.usingWhen(postgres.create().timeout(CONNECT_WITHIN), this::hear, PostgresNotifications::close)
                // It never ends by itself; if the server ends it, it begins anew.
                .concatWith(Mono.error(() -> new IllegalStateException("the connection was closed")))
                .doOnError(this::lost)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY))
                .subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
        listening = false;
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    private Flux<Object> hear(PostgresqlConnection connection) {
        Flux<Object> alive = Flux.interval(CHECK_INTERVAL)
                .onBackpressureDrop()
                .concatMap(_ -> Mono.from(connection.validate(ValidationDepth.REMOTE))
                        .timeout(ANSWER_WITHIN)
                        .filter(answered -> answered)
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("the connection is dead"))));
        // Heard first and asked for then, so that nothing lies between.
        return Flux.merge(
                connection.getNotifications().doOnNext(this::told),
                listen(connection)
                        .timeout(ANSWER_WITHIN)
                        .then(Mono.fromRunnable(this::begun))
                        .thenMany(alive));
    }

    private Mono<Void> listen(PostgresqlConnection connection) {
        return Flux.fromIterable(listeners)
                .map(PostgresListener::channel)
                .distinct()
                .concatMap(channel -> connection
                        .createStatement("LISTEN " + channel)
                        .execute()
                        .flatMap(PostgresqlResult::getRowsUpdated))
                .then();
    }

    private void begun() {
        listening = true;
        LOG.info("hears of changes in the control database");
        listeners.forEach(PostgresListener::listening);
    }

    private void told(Notification notification) {
        String payload = notification.getParameter();
        for (PostgresListener listener : listeners) {
            if (listener.channel().equals(notification.getName())) {
                listener.told(payload == null ? "" : payload);
            }
        }
    }

    private void lost(Throwable error) {
        if (listening) {
            LOG.warn("does not hear of changes in the control database any more: {}", error.toString());
        }
        listening = false;
    }

    private static Publisher<Void> close(PostgresqlConnection connection) {
        return connection.close().onErrorComplete();
    }
}
