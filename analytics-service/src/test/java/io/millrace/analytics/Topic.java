package io.millrace.analytics;

import io.millrace.event.Event;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.Fate;
import io.millrace.log.LogTerms;
import io.millrace.log.PositionVector;
import io.millrace.log.RecordReader;
import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The real topic: writes what the door writes, and reads all of it back, from its beginning. */
final class Topic implements AutoCloseable {
    private final Map<String, Object> connection;
    private final KafkaProducer<byte[], byte[]> producer;

    Topic(LocalStack stack) {
        connection = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.properties().get("millrace.kafka"));
        producer = producer(Map.of());
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.putAll(more);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static ProducerRecord<byte[], byte[]> record(Tenant tenant, Event event) {
        return EventRecords.of(EventTopic.NAME, tenant, event);
    }

    /** Sends and does not wait. */
    Future<RecordMetadata> send(Tenant tenant, Event event) {
        return producer.send(record(tenant, event));
    }

    void flush() {
        producer.flush();
    }

    /** The first records that count, of one log of these terms, as rows. */
    List<StoredEvent> read(LogTerms terms) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        List<StoredEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, terms.partitions())
                    .mapToObj(partition -> new TopicPartition(EventTopic.NAME, partition))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<Integer, RecordReader> readers = new HashMap<>();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Fate fate = readers.computeIfAbsent(record.partition(), _ -> new RecordReader(terms))
                            .read(record);
                    if (fate instanceof Fate.Stored(var event)) {
                        events.add(new StoredEvent(
                                event.tenant(),
                                event.sent().type().toString(),
                                Instant.ofEpochMilli(event.timestampMillis()),
                                Instant.ofEpochMilli(record.timestamp()),
                                event.sent().hasOrderAmount()
                                        ? BigDecimal.valueOf(event.sent().orderAmountMicros(), 6)
                                        : null,
                                event.sent().weight(),
                                record.partition(),
                                record.offset(),
                                event.sent().userId().toString(),
                                event.sent().productId().toString()));
                    }
                }
            }
        }
        return events;
    }

    /** Those below a position. */
    static List<StoredEvent> below(PositionVector position, List<StoredEvent> events) {
        return events.stream()
                .filter(event -> event.offset() < position.nextOffsets().getOrDefault(event.partition(), 0L))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
