package io.millrace.consumer.letters;

import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.LogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
    static final String TRANSACTIONAL_ID = "millrace-dead-letter-replay";

    /** Open transactions hold back everyone who reads what is committed; brokers may refuse a longer one. */
    private static final int TRANSACTION_MILLIS = 10_000;

    private static final int REQUEST_MILLIS = 4_000;
    private static final int DELIVERY_MILLIS = 8_000;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaSettings kafka;
    private final EventLog log;
    private final KafkaProducer<byte[], byte[]> producer;

    private ReplayLog(KafkaSettings kafka, EventLog log, KafkaProducer<byte[], byte[]> producer) {
        this.kafka = kafka;
        this.log = log;
        this.producer = producer;
    }

    static ReplayLog open(KafkaSettings kafka, EventLog log) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerProperties(kafka));
        boolean opened = false;
        try {
            producer.initTransactions();
            opened = true;
            return new ReplayLog(kafka, log, producer);
        } finally {
            if (!opened) {
                producer.close(Duration.ZERO);
            }
        }
    }

    private static Map<String, Object> producerProperties(KafkaSettings kafka) {
        Map<String, Object> properties = kafka.clientProperties("dead-letter-replay");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_MILLIS);
        return properties;
    }

    private static Map<String, Object> consumerProperties(KafkaSettings kafka, String isolation) {
        Map<String, Object> properties = kafka.clientProperties("dead-letter-search");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TRANSACTION_MILLIS);
        return properties;
    }

    /** {@return where partitions end, open transactions included} */
    Map<Integer, Long> ends(Collection<Integer> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(consumerProperties(kafka, "read_uncommitted"))) {
            Map<Integer, Long> ends = new HashMap<>();
            consumer.endOffsets(places(partitions)).forEach((place, end) -> ends.put(place.partition(), end));
            return ends;
        }
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
        List<LogPosition> places = new ArrayList<>();
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata at = done(one);
            places.add(new LogPosition(log.terms().logId(), at.partition(), at.offset()));
        }
        return places;
    }

    /** So that an open transaction holds nobody back until it times out. Not possible after a commit without an answer. */
    private void abort(KafkaException failure) {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }

    /** A commit returns only when all its records are acknowledged, so this does not wait. */
    private static RecordMetadata done(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /**
     * What of some claims is in the log.
     *
     * @param found where the record of a letter is
     * @param undecided letters of which the log, or the part read in time, does not tell
     */
    record Search(Map<LogPosition, LogPosition> found, Set<LogPosition> undecided) {}

    /**
     * Looks for the records of interrupted replays, from where they would begin to where the log ends now.
     *
     * @param patience after which what has not been read stays undecided
     */
    Search find(List<Claim> claims, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        Map<Integer, List<Claim>> byPartition = claims.stream()
                .filter(claim -> claim.searchFrom().logId() == log.terms().logId())
                .collect(Collectors.groupingBy(claim -> claim.searchFrom().partition()));
        Map<Integer, Long> ends = ends(byPartition.keySet());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(consumerProperties(kafka, "read_committed"))) {
            PartitionSearch search = new PartitionSearch(log, consumer, deadlineNanos);
            byPartition.forEach((partition, of) -> search.read(of, partition, ends.getOrDefault(partition, 0L)));
            Set<LogPosition> undecided = claims.stream().map(Claim::letter).collect(Collectors.toSet());
            undecided.removeAll(search.decided());
            return new Search(search.found(), undecided);
        }
    }

    private List<TopicPartition> places(Collection<Integer> partitions) {
        return partitions.stream()
                .map(partition -> new TopicPartition(log.topic(), partition))
                .toList();
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }
}
