package io.millrace.analytics.tail;

import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.assignment.assignors.StickyTaskAssignor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.FileSystemUtils;

/**
 * The live tail of this process: Kafka Streams, and the tails of those partitions that it was given. It starts when
 * everything else is there. After a stop the partitions go to other instances, which read them back; nothing is kept.
 */
public final class LogTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final EventLog log;
    private final TailSettings settings;
    private final TailReader reader;
    private final TailMemory memory;
    private final KafkaStreams streams;
    private final Path folder;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tail-memory").factory());
    private @Nullable ScheduledFuture<?> trimming;
    private volatile boolean running;

    LogTail(EventLog log, KafkaSettings kafka, TailSettings settings, TailReader reader, TailMemory memory) {
        this.log = log;
        this.settings = settings;
        this.reader = reader;
        this.memory = memory;
        this.folder = newFolder();
        Properties properties = new Properties();
        properties.putAll(properties(kafka, settings, folder));
        this.streams = new KafkaStreams(TailTopology.of(log.topic(), log.terms(), reader), properties);
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("the live tail failed, its partitions are read back", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    /** What promises rest on; an operator's own properties for Kafka clients cannot change it. */
    static Map<String, Object> properties(KafkaSettings kafka, TailSettings settings, Path folder) {
        Map<String, Object> properties = kafka.clientProperties("analytics-tail");
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.group());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        // Without a change log tasks count as stateless, and other assignors spread them anew at every change.
        properties.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, StickyTaskAssignor.class.getName());
        consumer(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // What lies before is read back beside Streams, which cannot go back.
        consumer(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        consumer(properties, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        int session = Math.toIntExact(settings.sessionTimeout().toMillis());
        consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 5);
        return properties;
    }

    private static void consumer(Map<String, Object> properties, String name, Object value) {
        properties.put(StreamsConfig.consumerPrefix(name), value);
    }

    /** For Streams' own notes; other processes of this machine must not share it. */
    private static Path newFolder() {
        try {
            return Files.createTempDirectory("millrace-tail-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** {@return the tails that are held here, by partition} */
    Map<Integer, PartitionTail> tails() {
        Map<Integer, PartitionTail> tails = new TreeMap<>();
        for (int partition = 0; partition < log.terms().partitions(); partition++) {
            try {
                tails.put(partition, streams.store(question(partition)).tail());
            } catch (InvalidStateStoreException | IllegalStateException e) {
                // It is another's, or on its way, or Streams is ending while questions are still being answered.
                LOG.trace("partition {} is not held here", partition, e);
            }
        }
        return tails;
    }

    /** What a tail says does not depend on whether its partition is about to move, so it is asked all the same. */
    private static StoreQueryParameters<TailStore> question(int partition) {
        return StoreQueryParameters.fromNameAndType(TailStore.NAME, new TailStore.Type())
                .withPartition(partition)
                .enableStaleStores();
    }

    @Override
    public void start() {
        reader.start();
        streams.start();
        long interval = settings.trimInterval().toNanos();
        trimming = timer.scheduleWithFixedDelay(() -> memory.trim(tails()), interval, interval, TimeUnit.NANOSECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (trimming != null) {
            trimming.cancel(true);
        }
        timer.shutdownNow();
        // Others get the partitions at once, and not when the session has timed out.
        streams.close(CloseOptions.timeout(CLOSE_WAIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        reader.close();
        deleteFolder();
    }

    private void deleteFolder() {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", folder, e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
