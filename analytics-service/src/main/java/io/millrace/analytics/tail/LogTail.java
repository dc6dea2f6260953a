package io.millrace.analytics.tail;

import io.millrace.kit.eventlog.EventLog;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The live tail of this process: Kafka Streams, and the tails of those partitions that it was given. It starts when
 * everything else is there. After a stop the partitions go to other instances, which read them back; nothing is kept.
 */
public final class LogTail implements SmartLifecycle {
    private static final int TRIM_INTERVAL_SECONDS = 1;

    /** Streams is not asked for its stores by every question: it looks through all tasks, and throws for each other's. */
    private static final Duration HELD_FOR = Duration.ofMillis(20);

    private final EventLog log;
    private final TailStreams streams;
    private final TailReader reader;
    private final TailMemory memory;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tail-memory").factory());
    private @Nullable ScheduledFuture<?> trimming;
    private volatile @Nullable Held held;
    private volatile boolean running;

    LogTail(EventLog log, TailStreams streams, TailReader reader, TailMemory memory) {
        this.log = log;
        this.streams = streams;
        this.reader = reader;
        this.memory = memory;
    }

    /**
     * Asks the tails.
     *
     * @param from the offset from which on, by partition
     */
    public LiveTotals ask(IntToLongFunction from, Selection selection) {
        TailTotals totals = new TailTotals();
        SortedMap<Integer, PartitionTail.Reach> reaches = new TreeMap<>();
        tails().forEach((partition, tail) ->
                reaches.put(partition, tail.addFrom(from.applyAsLong(partition), selection, totals)));
        return new LiveTotals(totals.totals(), reaches);
    }

    /** {@return whether every partition's tail is held here and holds all from the given offset on} */
    public boolean holdsAll(IntToLongFunction from) {
        Map<Integer, PartitionTail> tails = tails();
        for (int partition = 0; partition < log.terms().partitions(); partition++) {
            PartitionTail tail = tails.get(partition);
            if (tail == null || !tail.reach().holdsFrom(from.applyAsLong(partition))) {
                return false;
            }
        }
        return true;
    }

    /** The tails that were held here at a moment. One that was given away since goes on telling what it knew. */
    private record Held(Map<Integer, PartitionTail> tails, long atNanos) {}

    /** {@return the tails that are held here, or were a moment ago, by partition} */
    Map<Integer, PartitionTail> tails() {
        Held last = held;
        if (last == null || System.nanoTime() - last.atNanos() > HELD_FOR.toNanos()) {
            last = new Held(look(), System.nanoTime());
            held = last;
        }
        return last.tails();
    }

    private Map<Integer, PartitionTail> look() {
        Map<Integer, PartitionTail> tails = new TreeMap<>();
        for (int partition = 0; partition < log.terms().partitions(); partition++) {
            Optional<PartitionTail> tail = streams.tail(partition);
            if (tail.isPresent()) {
                tails.put(partition, tail.get());
            }
        }
        return tails;
    }

    @Override
    public void start() {
        reader.start();
        streams.start();
        trimming = timer.scheduleWithFixedDelay(
                () -> memory.trim(tails()), TRIM_INTERVAL_SECONDS, TRIM_INTERVAL_SECONDS, TimeUnit.SECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (trimming != null) {
            trimming.cancel(true);
        }
        timer.shutdownNow();
        streams.close();
        reader.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
