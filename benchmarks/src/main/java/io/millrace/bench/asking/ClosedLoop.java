package io.millrace.bench.asking;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Connections that ask one panel's question as of this moment, each the next one as soon as it has its answer.
 *
 * @param port who is asked
 * @param request how the question is put there
 * @param marked whether answers are ours, which say what they are worth
 * @param connections at once
 * @param keepEvery of how many answers one is kept
 * @param clock what time it is for who asks
 */
public record ClosedLoop(
        int port,
        Function<Question, byte[]> request,
        boolean marked,
        int connections,
        int keepEvery,
        InstantSource clock) {
    private static final double NANOS = 1e9;

    public ClosedLoop {
        if (connections < 1 || keepEvery < 1) {
            throw new IllegalArgumentException("needs connections, and every how many answers to keep one");
        }
    }

    /** Asks for a while that does not count and for one that does. */
    public Round run(Panel panel, Duration warmUp, Duration counted) throws IOException, InterruptedException {
        long fromNanos = System.nanoTime() + warmUp.toNanos();
        long toNanos = fromNanos + counted.toNanos();
        List<Future<Round>> underWay = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            for (int connection = 0; connection < connections; connection++) {
                Watch watch = new Watch(this, connection);
                underWay.add(threads.submit(() -> ask(panel, watch, fromNanos, toNanos)));
            }
        }
        List<Round> rounds = new ArrayList<>();
        for (Future<Round> one : underWay) {
            rounds.add(result(one));
        }
        Round all = Round.of(rounds);
        // They asked side by side, not one after another.
        return new Round(
                counted.toNanos() / NANOS,
                all.latencies(),
                all.processorSeconds(),
                all.refused(),
                all.notExact(),
                all.notLive(),
                all.kept());
    }

    private Round ask(Panel panel, Watch watch, long fromNanos, long toNanos) throws IOException {
        Latencies latencies = new Latencies();
        long refused = 0;
        long processorNanos = 0;
        Question question = panel.at(clock.instant());
        byte[] written = request.apply(question);
        try (Connection connection = new Connection(port)) {
            for (long began = System.nanoTime(); began < toNanos; began = System.nanoTime()) {
                if (processorNanos == 0 && began >= fromNanos) {
                    processorNanos = processorNanos();
                }
                Question now = panel.at(clock.instant());
                if (!now.equals(question)) {
                    question = now;
                    written = request.apply(now);
                }
                Reply reply = connection.exchange(written);
                long ended = System.nanoTime();
                if (began >= fromNanos && ended <= toNanos) {
                    if (reply.isOk()) {
                        latencies.add(ended - began);
                        watch.see(question, reply);
                    } else {
                        refused++;
                    }
                }
            }
        }
        double processorSeconds = (processorNanos() - processorNanos) / NANOS;
        return new Round(0, latencies, processorSeconds, refused, watch.notExact(), watch.notLive(), watch.kept());
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Round result(Future<Round> one) throws IOException, InterruptedException {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw new IOException("a connection failed: " + e.getCause(), e.getCause());
        }
    }
}
