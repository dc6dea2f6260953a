package io.millrace.log;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventProtobuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events as records of the topic, for every producer there is. */
public final class EventRecords {
    private EventRecords() {}

    /**
     * The record of an event, in Protobuf.
     *
     * @param event must have an id, so that a retry lands in the same partition as its first copy
     */
    public static ProducerRecord<byte[], byte[]> of(String topic, Tenant tenant, Event event) {
        EventId id = event.id();
        if (id == null) {
            throw new IllegalArgumentException("an event needs an id before it becomes a record");
        }
        byte[] name = tenant.name().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key(name, id), EventProtobuf.encode(event));
        record.headers().add(EventTopic.TENANT_HEADER, name);
        return record;
    }

    /** The record of an event that is to be kept as a dead letter. */
    public static ProducerRecord<byte[], byte[]> of(String topic, Tenant tenant, Event event, DeadLetterMark mark) {
        ProducerRecord<byte[], byte[]> record = of(topic, tenant, event);
        record.headers().add(EventTopic.DEAD_LETTER_HEADER, mark.toHeader());
        return record;
    }

    /**
     * The partition key, which Kafka's default partitioner (murmur2 of these bytes) turns into a partition: the tenant in
     * UTF-8, a zero byte, and the 16 bytes of the UUID or the UTF-8 bytes of the id.
     */
    public static byte[] key(Tenant tenant, EventId id) {
        return key(tenant.name().getBytes(StandardCharsets.UTF_8), id);
    }

    private static byte[] key(byte[] tenant, EventId id) {
        byte[] canonical = id.canonicalBytes();
        byte[] key = Arrays.copyOf(tenant, tenant.length + 1 + canonical.length);
        System.arraycopy(canonical, 0, key, tenant.length + 1, canonical.length);
        return key;
    }
}
