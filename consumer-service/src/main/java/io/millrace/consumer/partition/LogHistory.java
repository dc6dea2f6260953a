package io.millrace.consumer.partition;

import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.store.OutsideTrouble;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.Fate;
import io.millrace.log.RecordReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition back, as far as the duplicate window reaches, so that its reader remembers what every owner before
 * remembered. By a Kafka consumer of its own, outside the group; blocks for as long as N records take.
 */
final class LogHistory {
    private static final Logger LOG = LoggerFactory.getLogger(LogHistory.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Without a record or a step in the log, Kafka is taken to be away. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

    private final EventLog log;
    private final Map<String, Object> consumerProperties;
    private final PartitionMeters meters;
    private final LongSupplier nanos;
    private final AtomicInteger consumers = new AtomicInteger();

    LogHistory(EventLog log, Map<String, Object> consumerProperties, PartitionMeters meters, LongSupplier nanos) {
        this.log = log;
        this.consumerProperties = consumerProperties;
        this.meters = meters;
        this.nanos = nanos;
    }

    /** What reading back came to. */
    sealed interface Recall {
        /** The reader is ready for the record at the offset where reading back ended. */
        record Ready(RecordReader reader) implements Recall {}

        /** The record there was written by a newer Millrace. */
        record Unreadable(long offset, String version) implements Recall {}
    }

    /**
     * Reads back.
     *
     * @param from the first offset the log still has, or where its ledger was opened if that is higher
     * @param to where the partition will be read from
     * @throws OutsideTrouble when Kafka did not answer
     */
    Recall recall(LogPartition partition, long from, long to) {
        RecordReader reader = new RecordReader(log.terms());
        long start = Math.max(from, to - log.terms().duplicateWindowOffsets());
        if (start >= to) {
            return new Recall.Ready(reader);
        }
        long startNanos = nanos.getAsLong();
        Optional<Recall> obstacle = read(new TopicPartition(log.topic(), partition.partition()), start, to, reader);
        Duration took = Duration.ofNanos(nanos.getAsLong() - startNanos);
        meters.recalled(took);
        LOG.info(
                "partition {} remembers {} events of offsets {} to {}, read back in {} ms",
                partition,
                reader.window().entries(),
                start,
                to,
                took.toMillis());
        return obstacle.orElse(new Recall.Ready(reader));
    }

    private Optional<Recall> read(TopicPartition partition, long from, long to, RecordReader reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                LogConsumers.outsideTheGroup(consumerProperties, "history-" + consumers.getAndIncrement()))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long position = from;
            long movedNanos = nanos.getAsLong();
            while (position < to) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() >= to) {
                        return Optional.empty();
                    }
                    Optional<Fate.UnknownVersion> unknown = reader.recall(record);
                    if (unknown.isPresent()) {
                        return Optional.of(new Recall.Unreadable(
                                record.offset(), unknown.get().version()));
                    }
                }
                long now = nanos.getAsLong();
                if (consumer.position(partition) > position) {
                    position = consumer.position(partition);
                    movedNanos = now;
                } else if (now - movedNanos > SILENCE_MAX.toNanos()) {
                    throw new OutsideTrouble(
                            "kafka_silent", "Kafka sent nothing of %s from offset %d".formatted(partition, position));
                }
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw new OutsideTrouble("kafka_" + e.getClass().getSimpleName(), "Kafka: " + e.getMessage(), e);
        }
    }
}
