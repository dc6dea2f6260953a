package io.millrace.prove.traffic;

import io.millrace.log.Tenant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All producers of a run: records at a steady pace until they are told to come to an end. */
public final class Traffic implements AutoCloseable {
    /** Whose events are sent. */
    public static final List<Tenant> TENANTS = EventDraw.TENANTS;

    /** All their types, the most frequent ones repeated. */
    public static final List<String> TYPES = EventDraw.TYPES;

    private static final long LOOK_EVERY_MILLIS = 100;

    private final TrafficTerms terms;
    private final PlainProducer plain;
    private final ForeignProducer foreign;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("traffic-", 0).factory());
    private final List<Future<?>> running;

    /** Starts at once. */
    public Traffic(String kafka, Seed seed, TrafficTerms terms) {
        this.terms = terms;
        int foreignRate = Math.max(1, terms.recordsPerSecond() * TrafficTerms.FOREIGN_PERCENT / 100);
        this.plain = new PlainProducer(kafka, seed, terms.recordsPerSecond() - foreignRate);
        this.foreign = new ForeignProducer(kafka, seed, foreignRate);
        this.running = List.of(threads.submit(plain), threads.submit(foreign));
    }

    /** Records sent so far. */
    public long records() {
        return plain.sent() + foreign.committed();
    }

    /** Fails when a producer has, since faults without traffic prove nothing. */
    public void requireRunning() {
        for (Future<?> producer : running) {
            if (producer.isDone()) {
                throw new IllegalStateException(
                        "a producer has ended",
                        producer.state() == Future.State.FAILED ? producer.exceptionNow() : null);
            }
        }
    }

    /**
     * Sends what is left without a pause and waits until all of it is acknowledged.
     *
     * @throws ExecutionException when a producer failed for good
     */
    public Sent finish() throws InterruptedException, ExecutionException {
        plain.hurry();
        foreign.hurry();
        while (records() < terms.eventsMin() && running.stream().noneMatch(Future::isDone)) {
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        plain.finish();
        foreign.finish();
        for (Future<?> producer : running) {
            producer.get();
        }
        return new Sent(
                plain.acknowledged(), plain.failed(), foreign.committed(), foreign.uncertain(), foreign.aborted());
    }

    /** Gives up whatever is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
