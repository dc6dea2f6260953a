package io.millrace.bench;

import io.millrace.cli.door.Pace;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Events at a steady rate on a thread of its own, until it is closed: what goes on while something else is measured. */
final class RunningFeed implements AutoCloseable {
    /** Where events go. For one thread. */
    interface Outlet {
        /** Makes so many events and sends them. */
        void send(int events) throws MeasurementException, InterruptedException;

        /** Waits until all that was sent is there; nothing more is sent. */
        void finish() throws MeasurementException, InterruptedException;
    }

    private final ExecutorService threads = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("feed-", 0).factory());
    private final long startNanos = System.nanoTime();
    private final Future<?> running;
    private volatile long sent;
    private volatile boolean done;

    private RunningFeed(int perSecond, Duration every, Outlet outlet) {
        running = threads.submit(() -> {
            try {
                feed(perSecond, every, outlet);
            } finally {
                outlet.finish();
            }
            return null;
        });
    }

    /**
     * Begins.
     *
     * @param perSecond events
     * @param every how often events go that are due
     * @param outlet where they go; finished when the feed is
     */
    static RunningFeed start(int perSecond, Duration every, Outlet outlet) {
        return new RunningFeed(perSecond, every, outlet);
    }

    private void feed(int perSecond, Duration every, Outlet outlet) throws MeasurementException, InterruptedException {
        // With a whole second to catch up in: who waited shorter has the rate kept.
        Pace pace = new Pace(perSecond, perSecond, startNanos);
        long gone = 0;
        while (!done) {
            TimeUnit.NANOSECONDS.sleep(every.toNanos());
            long due = pace.available(System.nanoTime());
            pace.take(due);
            outlet.send((int) due);
            gone += due;
            sent = gone;
        }
    }

    /** Events a second since it began. */
    double perSecond() {
        return sent / ((System.nanoTime() - startNanos) / 1e9);
    }

    /** Fails when it has. */
    void requireRunning() throws MeasurementException, InterruptedException {
        if (running.isDone()) {
            end();
        }
    }

    /** Ends it. {@return how many events have gone; all of them are there} */
    long finish() throws MeasurementException, InterruptedException {
        done = true;
        end();
        return sent;
    }

    private void end() throws MeasurementException, InterruptedException {
        try {
            running.get();
        } catch (ExecutionException e) {
            throw new MeasurementException("the feed ended: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        done = true;
        threads.close();
    }
}
