package io.millrace.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.Event;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka, as a foreign system sees it: a plain producer and the admin client. */
public final class TestLog implements AutoCloseable {
    public static final int PARTITIONS = EventTopic.PARTITIONS_DEFAULT;

    private final String servers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private final List<Future<RecordMetadata>> posted = new ArrayList<>();

    public TestLog(String servers) {
        this.servers = servers;
        this.producer = producer(Map.of());
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", servers);
        properties.put("linger.ms", 5);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends and waits. {@return where the record is} */
    public RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws ExecutionException, InterruptedException {
        return producer.send(record).get();
    }

    /** An event's record for a partition of the caller's choice. */
    static ProducerRecord<byte[], byte[]> record(int partition, String tenant, Event event) {
        ProducerRecord<byte[], byte[]> placed = EventRecords.of(EventTopic.NAME, new Tenant(tenant), event);
        return new ProducerRecord<>(EventTopic.NAME, partition, null, placed.key(), placed.value(), placed.headers());
    }

    /** An event's record for the partition that its id asks for. */
    public static ProducerRecord<byte[], byte[]> record(String tenant, Event event) {
        return EventRecords.of(EventTopic.NAME, new Tenant(tenant), event);
    }

    /** A record made by hand. */
    public static ProducerRecord<byte[], byte[]> raw(
            int partition, byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(EventTopic.NAME, partition, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }

    /** Sends without waiting; {@link #awaitPosted} does. */
    void post(ProducerRecord<byte[], byte[]> record) {
        posted.add(producer.send(record));
    }

    /** Waits until everything posted is in the log. */
    void awaitPosted() throws ExecutionException, InterruptedException {
        for (Future<RecordMetadata> one : posted) {
            one.get();
        }
        posted.clear();
    }

    /**
     * Where each partition ends, transactions included whose marker is still to come: a commit returns before that, and
     * up to the last stable offset such a record seems not to be there.
     */
    public Map<Integer, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> all = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(EventTopic.NAME, partition))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        Map<Integer, Long> ends = new TreeMap<>();
        admin.listOffsets(all, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                .all()
                .get()
                .forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
        return ends;
    }

    /** Where one partition ends. */
    long end(int partition) throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(ends().get(partition));
    }

    Admin admin() {
        return admin;
    }

    /** Commits for the consumers' group, which must not have members. */
    void commit(int partition, long offset, String metadata) throws ExecutionException, InterruptedException {
        admin.alterConsumerGroupOffsets(
                        "millrace-consumer",
                        Map.of(new TopicPartition(EventTopic.NAME, partition), new OffsetAndMetadata(offset, metadata)))
                .all()
                .get();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
