package io.millrace.analytics.tail;

import com.clickhouse.client.api.ClickHouseException;
import io.millrace.kit.eventlog.EventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads partitions back, each until its tail follows the topology, by a consumer of its own outside of any group. An
 * idle partition is read on until its next record, and one whose topology lags is read again. Nothing is written
 * anywhere; what was begun when it stops is lost with the process that held it.
 */
final class TailReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TailReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final EventLog log;
    private final Beginnings beginnings;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final LogEndBoard ends;
    private final Map<PartitionTail, Integer> wanted = new ConcurrentHashMap<>();
    private final BlockingQueue<Begun> begun = new LinkedBlockingQueue<>();
    private final Map<TopicPartition, PartitionTail> reading = new HashMap<>();
    private final Thread thread = Thread.ofPlatform()
            .name("tail-reader")
            .uncaughtExceptionHandler((_, bug) -> LOG.error("tails are read back no more: restart this service", bug))
            .unstarted(this::run);
    private volatile boolean closed;

    TailReader(EventLog log, LogEndBoard ends, Beginnings beginnings, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.log = log;
        this.ends = ends;
        this.beginnings = beginnings;
        this.consumers = consumers;
    }

    /** As {@link TailBeginnings#find}. */
    @FunctionalInterface
    interface Beginnings {
        Optional<TailBeginnings.Beginning> find(int partition)
                throws ExecutionException, TimeoutException, InterruptedException;
    }

    private record Begun(int partition, PartitionTail tail, TailBeginnings.Beginning beginning) {}

    void start() {
        thread.start();
    }

    /** Wants a tail read back. Returns at once. */
    void begin(int partition, PartitionTail tail) {
        wanted.put(tail, partition);
        Thread.ofVirtual().name("tail-beginning-" + partition).start(() -> find(partition, tail));
    }

    /** Wants it no more. */
    void end(PartitionTail tail) {
        wanted.remove(tail);
    }

    /** Asks until it is known where to begin. */
    private void find(int partition, PartitionTail tail) {
        try {
            while (!closed && wanted.containsKey(tail)) {
                try {
                    var beginning = beginnings.find(partition);
                    if (beginning.isPresent()) {
                        begun.add(new Begun(partition, tail, beginning.get()));
                        return;
                    }
                } catch (ExecutionException | TimeoutException | ClickHouseException e) {
                    LOG.warn("partition {}: not known yet where its tail begins: {}", partition, e.toString());
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            while (!closed) {
                try {
                    step(consumer);
                } catch (OffsetOutOfRangeException e) {
                    e.partitions().forEach(partition -> beginAgain(consumer, partition, e));
                } catch (KafkaException e) {
                    LOG.warn("Kafka, reading back: {}", e.toString());
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        @Nullable Begun next = reading.isEmpty() ? begun.poll(POLL.toMillis(), TimeUnit.MILLISECONDS) : begun.poll();
        if (next != null) {
            take(consumer, next);
        }
        wanted.forEach((tail, partition) -> readOn(consumer, partition, tail));
        if (reading.entrySet()
                .removeIf(entry -> entry.getValue().isFollowed() || !wanted.containsKey(entry.getValue()))) {
            consumer.assign(Set.copyOf(reading.keySet()));
        }
        if (reading.isEmpty()) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            PartitionTail tail = reading.get(new TopicPartition(record.topic(), record.partition()));
            if (tail != null) {
                tail.readBack(record);
            }
        }
        reading.forEach((partition, tail) -> tail.readBackTo(consumer.position(partition)));
    }

    private void take(Consumer<byte[], byte[]> consumer, Begun next) {
        TopicPartition partition = new TopicPartition(log.topic(), next.partition());
        TailBeginnings.Beginning at = next.beginning();
        next.tail().begin(at.recallFrom(), at.countFrom());
        at.unknownReceivedTo().ifPresent(latest -> next.tail().beginsUnknown(latest.toEpochMilli()));
        reading.put(partition, next.tail());
        // Partitions that stay keep their places.
        consumer.assign(Set.copyOf(reading.keySet()));
        consumer.seek(partition, at.recallFrom());
        LOG.info(
                "partition {}: its tail counts from offset {}, read from {}",
                partition,
                at.countFrom(),
                at.recallFrom());
    }

    /** A tail that has not got to where the log ended a moment ago, though it should have, is helped along. */
    private void readOn(Consumer<byte[], byte[]> consumer, int number, PartitionTail tail) {
        long end = tail.reach().end();
        if (end < ends.previous(number).end() && tail.unfollow()) {
            TopicPartition partition = new TopicPartition(log.topic(), number);
            reading.put(partition, tail);
            consumer.assign(Set.copyOf(reading.keySet()));
            consumer.seek(partition, end);
        }
    }

    /** What was to be read back was deleted meanwhile. */
    private void beginAgain(Consumer<byte[], byte[]> consumer, TopicPartition partition, KafkaException cause) {
        PartitionTail tail = reading.remove(partition);
        consumer.assign(Set.copyOf(reading.keySet()));
        if (tail != null && wanted.containsKey(tail)) {
            LOG.warn("partition {}: its tail begins again: {}", partition, cause.toString());
            begin(partition.partition(), tail);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
