package io.millrace.ingestion.quota;

import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tells the other instances how much this one is asked for, and shares the quotas with them: every second, and at once when a
 * tenant comes that they do not know to be here.
 *
 * <p>A replay tells the same again. When an exchange fails all shares stay what they were; the first one after that only
 * tells, since the others have yet to tell, too. A shutdown gives its shares back.
 */
final class QuotaExchange implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaExchange.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Duration CLEAN_INTERVAL = Duration.ofMinutes(1);
    private static final Duration CLEAN_AGE = Duration.ofHours(1);
    private static final double NANOS = 1e9;

    /** Between two of which the second is not due. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final UUID instance = UUID.randomUUID();
    private final QuotaLeases leases;
    private final Budgets budgets;
    private final QuotaSettings settings;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile long begunNanos = System.nanoTime();
    private volatile long agreedNanos = System.nanoTime();
    private volatile boolean failing;
    private volatile Disposable running = Disposables.disposed();

    QuotaExchange(QuotaLeases leases, Budgets budgets, QuotaSettings settings) {
        this.leases = leases;
        this.budgets = budgets;
        this.settings = settings;
    }

    /** Before the servers, which are last. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void start() {
        running = Disposables.composite(
                Flux.interval(settings.exchange()).subscribe(_ -> exchange()),
                Flux.interval(CLEAN_INTERVAL)
                        .onBackpressureDrop()
                        .concatMap(_ -> leases.clean(CLEAN_AGE).onErrorComplete())
                        .subscribe());
    }

    @Override
    public void stop() {
        running.dispose();
        leases.release(instance).timeout(ANSWER_WITHIN).onErrorComplete().block();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    /** Exchanges now rather than when it is due, unless that was just done or failed. Does not wait for it. */
    void soon() {
        if (isRunning() && !failing && System.nanoTime() - begunNanos > PAUSE.toNanos()) {
            exchange();
        }
    }

    /** {@return seconds since the instances agreed; with nothing to agree on, about the interval between exchanges at most} */
    double ageSeconds() {
        return Math.max(0, System.nanoTime() - agreedNanos) / NANOS;
    }

    private void exchange() {
        if (!underWay.compareAndSet(false, true)) {
            return;
        }
        long now = System.nanoTime();
        begunNanos = now;
        List<Claim> claims = budgets.claims(settings.lease(), now);
        Mono<Map<Tenant, Collection<Claim>>> told = claims.isEmpty() && !failing
                ? Mono.just(Map.of())
                : leases.exchange(instance, claims, settings.lease()).collectMultimap(Claim::tenant);
        Disposable _ = told.timeout(ANSWER_WITHIN)
                .doFinally(_ -> underWay.set(false))
                .subscribe(others -> succeeded(claims, others), this::failed);
    }

    private void succeeded(List<Claim> mine, Map<Tenant, Collection<Claim>> others) {
        long now = System.nanoTime();
        if (failing) {
            failing = false;
            LOG.info("quotas are shared with other instances again");
            return;
        }
        if (!mine.isEmpty()) {
            budgets.agree(mine, others, now);
        }
        budgets.settle(settings.lease(), now);
        agreedNanos = now;
    }

    private void failed(Throwable error) {
        if (!failing) {
            LOG.warn("quotas cannot be shared anew, all shares stay what they are: {}", error.toString());
        }
        failing = true;
    }
}
