package io.millrace.ingestion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Sends batches to a door at a steady pace, whatever it answers, from when it is made until it is closed. */
final class Sender implements AutoCloseable {
    private static final int ACCEPTED = 202;
    private static final int TOO_MANY = 429;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final double NANOS = 1e9;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();
    private final HttpRequest request;
    private final int batch;
    private final long everyNanos;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ConcurrentLinkedQueue<Integer> others = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /**
     * Begins to send.
     *
     * @param batch events in each request
     * @param perSecond events offered a second, over all connections
     */
    Sender(RunningDoor door, String key, int batch, double perSecond, int connections) {
        String event = "{\"event_type\":\"load\"}";
        this.request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/v1/events"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/x-ndjson")
                .timeout(ANSWER_WITHIN)
                .POST(BodyPublishers.ofString((event + "\n").repeat(batch)))
                .build();
        this.batch = batch;
        this.everyNanos = (long) (NANOS * batch * connections / perSecond);
        for (int i = 0; i < connections; i++) {
            long first = System.nanoTime() + everyNanos * i / connections;
            threads.add(Thread.ofPlatform().name("sender-" + i).start(() -> send(first)));
        }
    }

    /** {@return events that were accepted, so far} */
    long accepted() {
        return accepted.get();
    }

    /** {@return requests that were told to come later, so far} */
    long refused() {
        return refused.get();
    }

    /** {@return the statuses of all other answers} */
    List<Integer> others() {
        return List.copyOf(others);
    }

    /** {@return how long the accepted requests took, in nanoseconds, the first ones first} */
    List<Long> latencies() {
        return List.copyOf(latencies);
    }

    private void send(long first) {
        long due = first;
        while (!closed) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            exchange(due);
            // Who is behind does not make up for it, which would be another pace.
            due = Math.max(due + everyNanos, System.nanoTime());
        }
    }

    private void exchange(long due) {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status == ACCEPTED) {
                accepted.addAndGet(batch);
                latencies.add(System.nanoTime() - due);
            } else if (status == TOO_MANY) {
                refused.incrementAndGet();
            } else {
                others.add(status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        http.close();
    }
}
