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
     * Asks the tails that are held here.
     *
     * @param from the offset from which on, by partition; others are not asked
     */
    public LiveTotals ask(Map<Integer, Long> from, Selection selection) {
        TailTotals totals = new TailTotals(selection);
        SortedMap<Integer, Reach> reaches = new TreeMap<>();
        Map<Integer, PartitionTail> tails = tails();
        from.forEach((partition, offset) -> {
            PartitionTail tail = tails.get(partition);
            if (tail != null) {
                reaches.put(partition, tail.addFrom(offset, selection, totals));
            }
        });
        return new LiveTotals(totals.totals(), reaches);
    }

    /** {@return what the tails that are held here hold, by partition} */
    public SortedMap<Integer, Reach> reaches() {
        SortedMap<Integer, Reach> reaches = new TreeMap<>();
        tails().forEach((partition, tail) -> reaches.put(partition, tail.reach()));
        return reaches;
    }

    /** {@return where other instances are that hold a partition, by partition} */
    public Map<Integer, String> elsewhere() {
        return held().elsewhere();
    }

    /** The tails that were held here at a moment. One that was given away since goes on telling what it knew. */
    private record Held(Map<Integer, PartitionTail> tails, Map<Integer, String> elsewhere, long atNanos) {}

    /** {@return the tails that are held here, or were a moment ago, by partition} */
    Map<Integer, PartitionTail> tails() {
        return held().tails();
    }

    private Held held() {
        Held last = held;
        if (last == null || System.nanoTime() - last.atNanos() > HELD_FOR.toNanos()) {
            last = new Held(look(), streams.elsewhere(), System.nanoTime());
            held = last;
        }
        return last;
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
