package io.millrace.consumer.letters;

import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.LogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic, to put letters into and to look for them. There is one for the whole installation at a time: opening one
 * ends all others, as they share a transactional id. What such a one was about to send never arrives, and what it had
 * sent in an open transaction never was. Blocks, so not for event loops.
 *
 * <p>A batch arrives whole or not at all. When {@link #send} fails, which of them it was shows in the log, once another
 * one has been opened.
 */
final class ReplayLog implements AutoCloseable {
    /** Open transactions hold back everyone who reads what is committed; brokers may refuse a longer one. */
    private static final int TRANSACTION_MILLIS = 10_000;

    private static final int REQUEST_MILLIS = 4_000;
    private static final int DELIVERY_MILLIS = 8_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final EventLog log;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> ends;

    private ReplayLog(
            KafkaSettings kafka, EventLog log, KafkaProducer<byte[], byte[]> producer, Map<TopicPartition, Long> ends) {
        this.kafka = kafka;
        this.log = log;
        this.producer = producer;
        this.ends = ends;
    }

    static ReplayLog open(KafkaSettings kafka, Admin admin, EventLog log) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerProperties(kafka, log.topic()));
        boolean opened = false;
        try {
            // Returns when the transaction of the one before is committed or aborted, and its markers are in the log.
            producer.initTransactions();
            ReplayLog open = new ReplayLog(kafka, log, producer, ends(admin, log));
            opened = true;
            return open;
        } finally {
            if (!opened) {
                producer.close(Duration.ZERO);
            }
        }
    }

    /** Of what is not committed too: the record that is looked for may lie behind someone else's open transaction. */
    private static Map<TopicPartition, Long> ends(Admin admin, EventLog log) {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, log.terms().partitions())
                .mapToObj(partition -> new TopicPartition(log.topic(), partition))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        done(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture())
                .forEach((place, end) -> ends.put(place, end.offset()));
        return ends;
    }

    private static Map<String, Object> producerProperties(KafkaSettings kafka, String topic) {
        Map<String, Object> properties = kafka.clientProperties("dead-letter-replay");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-dead-letter-replay");
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_MILLIS);
        return properties;
    }

    private static Map<String, Object> consumerProperties(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.clientProperties("dead-letter-search");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TRANSACTION_MILLIS);
        return properties;
    }

    /** {@return where the partition ended when this was opened: everything sent from now on lies there or behind} */
    LogPosition end(int partition) {
        return new LogPosition(log.terms().logId(), partition, endOffset(partition));
    }

    private long endOffset(int partition) {
        return Objects.requireNonNull(ends.get(new TopicPartition(log.topic(), partition)));
    }

    /**
     * Appends a batch.
     *
     * @return where each record is, in their order
     * @throws KafkaException when it is unknown whether they are there
     */
    List<LogPosition> send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
        // A commit returns only when all its records are acknowledged, so this does not wait.
        return sent.stream()
                .map(ReplayLog::done)
                .map(at -> new LogPosition(log.terms().logId(), at.partition(), at.offset()))
                .toList();
    }

    /** So that an open transaction holds nobody back until it times out. Not possible after a commit without an answer. */
    private void abort(KafkaException failure) {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }

    private static <T> T done(Future<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /**
     * Looks for the records of interrupted replays, from where they would begin to where the log ended when this was
     * opened. Those that went to another log stay undecided.
     *
     * @param patience after which what has not been read stays undecided
     */
    LogSearch find(List<Claim> claims, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        Map<Integer, List<Claim>> byPartition = claims.stream()
                .filter(claim -> claim.searchFrom().logId() == log.terms().logId())
                .collect(Collectors.groupingBy(claim -> claim.searchFrom().partition()));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties(kafka))) {
            LogSearch search = new LogSearch(log, consumer, deadlineNanos);
            byPartition.forEach((partition, of) -> search.read(of, partition, endOffset(partition)));
            return search;
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
