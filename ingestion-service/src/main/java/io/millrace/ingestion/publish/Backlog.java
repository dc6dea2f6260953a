package io.millrace.ingestion.publish;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What has gone to Kafka and is not answered yet: how old the oldest of it is, and when it will be settled, by how fast
 * answers came of late.
 */
final class Backlog {
    /** How long an answer plays a part in how fast they come: its weight falls to a third in this time. */
    private static final double MEMORY_SECONDS = 2;

    private final Duration slowAfter;
    private final Duration settledWithin;
    private final LongSupplier nanoTime;
    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong events = new AtomicLong();
    private double perSecond;
    private long perSecondAtNanos;

    /**
     * An empty one.
     *
     * @param slowAfter the age at which what waits is a sign that more would wait too long
     * @param settledWithin the age at which Kafka's client gives it up
     */
    Backlog(Duration slowAfter, Duration settledWithin, LongSupplier nanoTime) {
        this.slowAfter = slowAfter;
        this.settledWithin = settledWithin;
        this.nanoTime = nanoTime;
        this.perSecondAtNanos = nanoTime.getAsLong();
    }

    /** Some events go to Kafka. */
    Entry enter(int count) {
        Entry entry = new Entry(count, nanoTime.getAsLong());
        events.addAndGet(count);
        waiting.add(entry);
        return entry;
    }

    long events() {
        return events.get();
    }

    /** Whether Kafka takes in less than what it is sent, or nothing. */
    boolean isBehind() {
        return oldest().compareTo(slowAfter) > 0;
    }

    /** {@return in how long all that waits now will be answered, at the latest when it is given up} */
    Duration settledIn() {
        long count = events.get();
        Duration rest = settledWithin.minus(oldest());
        if (count == 0 || rest.isNegative()) {
            return Duration.ZERO;
        }
        double seconds = count / perSecond();
        return seconds < rest.toMillis() / 1e3 ? Duration.ofMillis((long) (seconds * 1e3)) : rest;
    }

    /** {@return for how long the oldest has waited; zero when none does} */
    private Duration oldest() {
        Entry first = waiting.peek();
        while (first != null && first.settled) {
            // Another thread may have removed it meanwhile; then this removes nothing.
            waiting.remove(first);
            first = waiting.peek();
        }
        return first == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - first.sinceNanos);
    }

    private synchronized double perSecond() {
        return perSecond * decay(nanoTime.getAsLong());
    }

    private synchronized void answered(int count) {
        long now = nanoTime.getAsLong();
        perSecond = perSecond * decay(now) + count / MEMORY_SECONDS;
        perSecondAtNanos = now;
    }

    private double decay(long now) {
        return Math.exp(-(now - perSecondAtNanos) / 1e9 / MEMORY_SECONDS);
    }

    /** Events of one request. */
    final class Entry {
        private final int count;
        private final long sinceNanos;
        private volatile boolean settled;

        private Entry(int count, long sinceNanos) {
            this.count = count;
            this.sinceNanos = sinceNanos;
        }

        /** Kafka has answered, or its client has given up. To be called once. */
        void leave(boolean acknowledged) {
            settled = true;
            events.addAndGet(-count);
            if (acknowledged) {
                answered(count);
            }
            oldest();
        }
    }
}
