package io.millrace.analytics.store;

import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps one tenant's questions from taking ClickHouse from all others: each tenant has so many there at once and a queue
 * for some more, in which none waits for long. What comes beyond that is refused. Waiting is done on virtual threads, and
 * a question that is given up leaves its place to the next.
 */
final class TenantTurns {
    private final TenantSettings settings;
    private final Map<Tenant, Places> tenants = new ConcurrentHashMap<>();
    private final Scheduler threads = Schedulers.fromExecutorService(Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("tenant-turn-", 0).factory()));

    TenantTurns(TenantSettings settings) {
        this.settings = settings;
    }

    /**
     * The places of one tenant.
     *
     * @param calls for who is served
     * @param all for who is served or waits
     */
    private record Places(Semaphore calls, Semaphore all) {}

    /** {@return the work, begun when it is the tenant's turn; fails with a problem when that does not come in time} */
    <T> Mono<T> inTurn(Tenant tenant, Mono<T> work) {
        return Mono.fromCallable(() -> takePlace(places(tenant), work)).subscribeOn(threads);
    }

    private Places places(Tenant tenant) {
        return tenants.computeIfAbsent(
                tenant,
                _ -> new Places(
                        new Semaphore(settings.callsMax(), true),
                        new Semaphore(settings.callsMax() + settings.waitingMax())));
    }

    private <T> @Nullable T takePlace(Places places, Mono<T> work) throws InterruptedException {
        if (!places.all().tryAcquire()) {
            throw refused("more wait already");
        }
        try {
            return takeTurn(places, work);
        } finally {
            places.all().release();
        }
    }

    private <T> @Nullable T takeTurn(Places places, Mono<T> work) throws InterruptedException {
        Duration wait = settings.waitMax();
        if (!places.calls().tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            throw refused("none ended within " + wait.toMillis() + " ms");
        }
        try {
            return work.block();
        } finally {
            places.calls().release();
        }
    }

    private RuntimeException refused(String why) {
        return StoreProblem.TOO_MANY_QUESTIONS
                .because("Of each tenant %d questions are read from ClickHouse at once, %d more wait, and %s"
                        .formatted(settings.callsMax(), settings.waitingMax(), why))
                .toException();
    }
}
