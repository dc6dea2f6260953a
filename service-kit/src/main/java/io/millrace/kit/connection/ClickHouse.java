package io.millrace.kit.connection;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import io.millrace.address.ServerUrl;
import io.millrace.kit.breaker.Breaker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The road to ClickHouse: the blocking client, and virtual threads to block on, as many as there are connections.
 *
 * <p>Nothing is retried here; a caller that repeats a call must know that it may. Nor does the breaker stand before any
 * call by itself: which may be refused, only their callers know. At shutdown running calls are given up when the
 * connections close.
 */
public final class ClickHouse implements AutoCloseable {
    private static final int THREAD_IDLE_SECONDS = 60;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Client client;
    private final Scheduler threads;
    private final Breaker breaker;

    ClickHouse(Client client, int callsMax, int pendingMax, Breaker breaker) {
        this.client = client;
        this.breaker = breaker;
        this.threads = Schedulers.newBoundedElastic(
                callsMax,
                // The limit is the scheduler's, and it counts per thread.
                Math.max(1, pendingMax / callsMax),
                Thread.ofVirtual().name("clickhouse-", 0).factory(),
                THREAD_IDLE_SECONDS);
    }

    /** {@return the client itself, for callers that run on threads of their own; never use it on an event loop} */
    public Client client() {
        return client;
    }

    /** {@return the breaker around this server, for callers to guard their calls by, or to have them watched} */
    public Breaker breaker() {
        return breaker;
    }

    /**
     * Runs a blocking call off the event loop. The response must be read to its end within {@code call}.
     *
     * @return what {@code call} returns; fails with its exception, or with
     *     {@link java.util.concurrent.RejectedExecutionException} at once when too many calls wait already
     */
    public <T> Mono<T> call(Function<Client, T> call) {
        Callable<T> onThread = () -> call.apply(client);
        return Mono.fromCallable(onThread).subscribeOn(threads);
    }

    @Override
    public void close() {
        threads.disposeGracefully().timeout(CLOSE_WAIT).onErrorComplete().block();
        client.close();
    }

    static Client client(ClickHouseSettings settings, String service) {
        ServerUrl server = settings.server();
        return new Client.Builder()
                .addEndpoint(server.scheme() + "://" + server.host() + ":" + server.port())
                .setUsername(server.user())
                .setPassword(server.password())
                .setDefaultDatabase(settings.database())
                .setClientName(service)
                .setMaxConnections(settings.connectionsMax())
                .setConnectTimeout(settings.connectTimeout().toMillis())
                .setConnectionRequestTimeout(settings.acquireTimeout().toMillis(), ChronoUnit.MILLIS)
                .setSocketTimeout(settings.socketTimeout().toMillis())
                // A retried insert is a second insert unless its caller made sure otherwise; the client does not know.
                .setMaxRetries(0)
                .retryOnFailures(ClientFaultCause.None)
                // On by default since ClickHouse 26.2. It answers before the rows are in a part of their own.
                .serverSetting("async_insert", "0")
                .build();
    }
}
