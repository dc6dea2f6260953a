package io.millrace.bench.sending;

import io.millrace.bench.asking.Connection;
import io.millrace.bench.asking.Latencies;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Connections that send requests, over and over.
 *
 * @param port who gets them
 * @param requests sent by turns
 * @param connections at once
 */
public record SendingLoop(int port, List<byte[]> requests, int connections) {
    private static final double NANOS = 1e9;
    private static final int ACCEPTED = 202;

    public SendingLoop {
        requests = List.copyOf(requests);
        if (connections < 1 || requests.isEmpty()) {
            throw new IllegalArgumentException("needs connections and requests");
        }
    }

    /** Sends as fast as there are answers, for a while that does not count and for one that does. */
    public Sent flatOut(Duration warmUp, Duration counted) throws IOException, InterruptedException {
        return run(warmUp, counted, 0);
    }

    /**
     * Sends at a pace. How long a request takes is counted from when it was due, so that one that is late because of those
     * before it counts as late.
     *
     * @param perSecond requests, over all connections
     */
    public Sent paced(Duration warmUp, Duration counted, double perSecond) throws IOException, InterruptedException {
        return run(warmUp, counted, (long) (NANOS * connections / perSecond));
    }

    private Sent run(Duration warmUp, Duration counted, long everyNanos) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        long fromNanos = startNanos + warmUp.toNanos();
        List<Future<Sent>> underWay = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (int connection = 0; connection < connections; connection++) {
                Pace pace = new Pace(
                        startNanos + everyNanos * connection / connections,
                        everyNanos,
                        fromNanos,
                        fromNanos + counted.toNanos());
                int first = connection * requests.size() / connections;
                underWay.add(threads.submit(() -> send(pace, first)));
            }
        }
        List<Sent> all = new ArrayList<>();
        for (Future<Sent> one : underWay) {
            all.add(result(one));
        }
        return Sent.all(counted, all);
    }

    /**
     * When one connection sends.
     *
     * @param startNanos its first request
     * @param everyNanos from one to the next; 0 for as soon as there is an answer
     * @param fromNanos when it begins to count
     * @param toNanos when it ends
     */
    private record Pace(long startNanos, long everyNanos, long fromNanos, long toNanos) {
        /** Waits until a request is due. {@return when that was} */
        long await(long number) throws InterruptedException {
            if (everyNanos == 0) {
                return System.nanoTime();
            }
            long due = startNanos + number * everyNanos;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            return due;
        }
    }

    private Sent send(Pace pace, int first) throws IOException, InterruptedException {
        Latencies latencies = new Latencies();
        long refused = 0;
        long processorNanos = 0;
        try (Connection connection = new Connection(port)) {
            long number = 0;
            for (long due = pace.await(number); due < pace.toNanos(); due = pace.await(++number)) {
                if (processorNanos == 0 && due >= pace.fromNanos()) {
                    processorNanos = processorNanos();
                }
                byte[] request = requests.get((int) ((first + number) % requests.size()));
                boolean accepted = connection.exchange(request).status() == ACCEPTED;
                long ended = System.nanoTime();
                if (due >= pace.fromNanos() && ended <= pace.toNanos()) {
                    if (accepted) {
                        latencies.add(ended - due);
                    } else {
                        refused++;
                    }
                }
            }
        }
        return new Sent(0, latencies, (processorNanos() - processorNanos) / NANOS, refused);
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Sent result(Future<Sent> one) throws IOException, InterruptedException {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw new IOException("a connection failed: " + e.getCause(), e.getCause());
        }
    }
}
