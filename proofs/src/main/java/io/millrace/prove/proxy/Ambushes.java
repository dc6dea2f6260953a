package io.millrace.prove.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Lies in wait for a request at one moment of it; strikes once. One ambush at a time. */
public final class Ambushes {
    private final AtomicReference<Optional<Ambush>> laid = new AtomicReference<>(Optional.empty());

    private record Ambush(Step step, Moment moment, Strike strike, CompletableFuture<Exchange> met) {}

    /**
     * Lays an ambush and waits until it has struck.
     *
     * @return the request it met; empty when none came in time
     * @throws IOException when the strike itself failed
     */
    public Optional<Exchange> strike(Step step, Moment moment, Strike strike, Duration patience)
            throws IOException, InterruptedException {
        CompletableFuture<Exchange> met = new CompletableFuture<>();
        Optional<Ambush> ambush = Optional.of(new Ambush(step, moment, strike, met));
        laid.set(ambush);
        try {
            return Optional.of(met.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            // Unless it is being met this very moment.
            return laid.compareAndSet(ambush, Optional.empty()) ? Optional.empty() : Optional.of(join(met));
        } catch (ExecutionException e) {
            throw new IOException("the strike failed", e.getCause());
        }
    }

    private static Exchange join(CompletableFuture<Exchange> met) throws IOException, InterruptedException {
        try {
            return met.get();
        } catch (ExecutionException e) {
            throw new IOException("the strike failed", e.getCause());
        }
    }

    /** Whether an ambush waits for its request. */
    boolean isLaid() {
        return laid.get().isPresent();
    }

    /** A request has come to a moment. */
    void pass(Exchange exchange, Moment moment) throws IOException, InterruptedException {
        Optional<Ambush> ambush = laid.get();
        if (ambush.isEmpty()
                || ambush.get().step() != exchange.step()
                || ambush.get().moment() != moment
                || !laid.compareAndSet(ambush, Optional.empty())) {
            return;
        }
        CompletableFuture<Exchange> met = ambush.get().met();
        try {
            ambush.get().strike().at(exchange);
            met.complete(exchange);
        } catch (CutException e) {
            met.complete(exchange);
            throw e;
        } catch (IOException | RuntimeException | InterruptedException e) {
            met.completeExceptionally(e);
            throw e;
        }
    }
}
