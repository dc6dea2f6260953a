package io.millrace.consumer.partition;

import io.micrometer.core.instrument.Counter;
import io.millrace.consumer.store.OutsideTrouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blocking task, run on another thread step by step, each step repeated with growing pauses while a server makes
 * trouble. Its owner asks now and then and never waits. Any other failure is a bug and comes out where the owner asks.
 *
 * @param <T> what it comes to
 */
final class Repeated<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);

    private final String what;
    private final Supplier<Progress<T>> task;
    private final Repetition how;
    private @Nullable CompletableFuture<Progress<T>> running;
    private @Nullable OutsideTrouble trouble;
    private int failures;
    private boolean pausing;
    private long notBeforeNanos;

    /**
     * A task that runs when first asked for.
     *
     * @param what it does, for the log
     * @param task one step of it
     */
    Repeated(String what, Supplier<Progress<T>> task, Repetition how) {
        this.what = what;
        this.task = task;
        this.how = how;
    }

    /**
     * How tasks are repeated.
     *
     * @param threads on which they wait for servers
     * @param failures counts them
     */
    record Repetition(Executor threads, Backoff backoff, Counter failures) {}

    /** What it came to; empty while it runs or pauses. Starts it when it is time. */
    Optional<T> poll(long nowNanos) {
        CompletableFuture<Progress<T>> current = running;
        if (current == null) {
            if (!pausing || nowNanos - notBeforeNanos >= 0) {
                running = CompletableFuture.supplyAsync(task, how.threads());
            }
            return Optional.empty();
        }
        return current.isDone() ? outcome(current, nowNanos) : Optional.empty();
    }

    /** What it came to, if it runs and ends by then. */
    Optional<T> await(long nowNanos, Duration patience) {
        CompletableFuture<Progress<T>> current = running;
        if (current == null) {
            return Optional.empty();
        }
        current.handle((_, _) -> true)
                .completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS)
                .join();
        return current.isDone() ? outcome(current, nowNanos) : Optional.empty();
    }

    /** Whether a step of it runs on another thread, to which then belongs what the task works with. */
    boolean isRunning() {
        return running != null;
    }

    /** What kept it from succeeding the last time; none before it failed. */
    Optional<OutsideTrouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    int failures() {
        return failures;
    }

    private Optional<T> outcome(CompletableFuture<Progress<T>> done, long nowNanos) {
        running = null;
        try {
            return switch (done.join()) {
                case Progress.Done<T>(T outcome) -> {
                    if (failures > 0) {
                        LOG.info("{} succeeded after {} failures", what, failures);
                    }
                    yield Optional.of(outcome);
                }
                case Progress.Again<T>(Duration after) -> {
                    pause(nowNanos, after);
                    yield Optional.empty();
                }
            };
        } catch (CompletionException e) {
            if (e.getCause() instanceof OutsideTrouble outside) {
                failed(outside, nowNanos);
                return Optional.empty();
            }
            throw new IllegalStateException(what + " failed for no reason from outside", e.getCause());
        }
    }

    private void failed(OutsideTrouble outside, long nowNanos) {
        // Once, for an outage of hours must not fill the disk; the metrics tell the rest.
        if (failures == 0) {
            LOG.warn("{} failed and is repeated until it succeeds: {}", what, outside.getMessage());
        }
        failures++;
        how.failures().increment();
        trouble = outside;
        pause(nowNanos, how.backoff().after(failures));
    }

    private void pause(long nowNanos, Duration pause) {
        pausing = true;
        notBeforeNanos = nowNanos + pause.toNanos();
    }
}
