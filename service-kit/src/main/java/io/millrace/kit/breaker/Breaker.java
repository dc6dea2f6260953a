package io.millrace.kit.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Keeps calls from a server that is away: once most of the last ones have failed, further ones are refused at once with
 * {@link BreakerOpen}, and every now and then one is made as a trial, which closes the breaker if it goes well.
 *
 * <p>Calls have to end by themselves, in time. What comes of one counts only in the state in which it was begun, so that
 * calls of before an outage do not decide how a trial ended.
 */
public final class Breaker {
    private final CircuitBreaker machine;
    private final Function<Throwable, Verdict> judge;
    private final Clock clock;
    private final Counter refused;
    private final Set<Call> trials = ConcurrentHashMap.newKeySet();
    private volatile Instant nextCallAt = Instant.EPOCH;

    /**
     * A breaker.
     *
     * @param judge what a failure says of the server
     * @param refused counts calls that are not made
     */
    Breaker(CircuitBreaker machine, Function<Throwable, Verdict> judge, Clock clock, Counter refused) {
        this.machine = machine;
        this.judge = judge;
        this.clock = clock;
        this.refused = refused;
    }

    /** {@return the call's result; fails with {@link BreakerOpen} when it may not be made} */
    public <T> Mono<T> guard(Mono<T> call) {
        return Mono.defer(() -> begin().map(begun -> watched(call, begun)).orElseGet(() -> Mono.error(refusal())));
    }

    /** {@return the call's result; fails with {@link BreakerOpen} when it may not be made} */
    public <T> CompletableFuture<T> guard(Supplier<CompletableFuture<T>> call) {
        return begin().map(begun -> made(call, begun)).orElseGet(() -> CompletableFuture.failedFuture(refusal()));
    }

    /**
     * For calls that may take long, where quick ones are watched too: they are not made as trials, since all others would
     * have to wait for their end.
     *
     * @return the call's result; fails with {@link BreakerOpen} unless the breaker is closed
     */
    public <T> Mono<T> whileClosed(Mono<T> call) {
        return Mono.defer(() -> state() == BreakerState.CLOSED ? watched(call, new Call()) : Mono.<T>error(refusal()));
    }

    /** Makes a call in any case, and only takes note of what comes of it. {@return what the call returns} */
    public <T> T watch(Supplier<T> call) {
        Optional<Call> begun = begin();
        try {
            T result = call.get();
            begun.ifPresent(Call::succeeded);
            return result;
        } catch (RuntimeException e) {
            begun.ifPresent(watched -> watched.failed(e));
            throw e;
        }
    }

    /**
     * Spares the work that leads to a call which would be refused.
     *
     * @throws BreakerOpen when it would be, as far as is known
     */
    public void require() {
        if (refusesFor().isPositive() || trialsAreTaken()) {
            throw refusal();
        }
    }

    /** Closes it, because somebody else has found out that the server is there. */
    public void serverIsThere() {
        if (state() != BreakerState.CLOSED) {
            machine.transitionToClosedState();
        }
    }

    BreakerState state() {
        return BreakerState.of(machine.getState());
    }

    /** Says when an open breaker will let a call through. */
    void opensUntil(Instant trialAt) {
        nextCallAt = trialAt;
    }

    private Optional<Call> begin() {
        if (!machine.tryAcquirePermission()) {
            return Optional.empty();
        }
        Call call = new Call();
        if (state() == BreakerState.HALF_OPEN) {
            trials.add(call);
        }
        return Optional.of(call);
    }

    private boolean trialsAreTaken() {
        if (state() != BreakerState.HALF_OPEN) {
            return false;
        }
        CircuitBreaker.Metrics now = machine.getMetrics();
        long taken = trials.stream().filter(trial -> trial.begunIn.equals(now)).count();
        return taken >= machine.getCircuitBreakerConfig().getPermittedNumberOfCallsInHalfOpenState();
    }

    private Duration refusesFor() {
        Duration left = Duration.between(clock.instant(), nextCallAt);
        return state() == BreakerState.CLOSED || left.isNegative() ? Duration.ZERO : left;
    }

    private BreakerOpen refusal() {
        refused.increment();
        return new BreakerOpen(machine.getName(), refusesFor());
    }

    private static <T> Mono<T> watched(Mono<T> call, Call begun) {
        return call.doOnSuccess(_ -> begun.succeeded()).doOnError(begun::failed).doOnCancel(begun::abandoned);
    }

    private static <T> CompletableFuture<T> made(Supplier<CompletableFuture<T>> call, Call begun) {
        CompletableFuture<T> running;
        try {
            running = call.get();
        } catch (RuntimeException e) {
            begun.failed(e);
            throw e;
        }
        return running.whenComplete((_, error) -> {
            if (error == null) {
                begun.succeeded();
            } else {
                begun.failed(error);
            }
        });
    }

    private Verdict verdict(Throwable error) {
        return judge.apply(error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
    }

    /**
     * A call that was let through. What comes of it is told once, without a duration: each call has a limit of its own,
     * and a slow server is not one that is away.
     */
    private final class Call {
        /** Each closed and each half-open state of the machine counts in an object of its own. */
        private final CircuitBreaker.Metrics begunIn = machine.getMetrics();

        private final AtomicBoolean over = new AtomicBoolean();

        void succeeded() {
            if (counts()) {
                machine.onSuccess(0, TimeUnit.NANOSECONDS);
            }
        }

        void failed(Throwable error) {
            Verdict verdict = verdict(error);
            if (counts()) {
                switch (verdict) {
                    case AWAY -> machine.onError(0, TimeUnit.NANOSECONDS, error);
                    case THERE -> machine.onSuccess(0, TimeUnit.NANOSECONDS);
                    case NOTHING -> machine.releasePermission();
                }
            }
        }

        void abandoned() {
            if (counts()) {
                machine.releasePermission();
            }
        }

        private boolean counts() {
            trials.remove(this);
            return over.compareAndSet(false, true) && begunIn.equals(machine.getMetrics());
        }
    }
}
