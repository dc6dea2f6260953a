package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventProtobuf;
import io.millrace.event.ParsedEvent;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import io.millrace.log.PositionVector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The log as any Kafka client sees it. */
final class PlainLog {
    private PlainLog() {}

    /** A tenant's events among those that lie below a position, every copy of them, in no particular order. */
    static List<Event> events(LocalStack stack, String tenant, String position) {
        return records(stack, tenant, position).stream().map(PlainLog::event).toList();
    }

    /** The same with their headers. */
    static List<ConsumerRecord<byte[], byte[]>> records(LocalStack stack, String tenant, String position) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(stack)) {
            PositionVector.parse(position)
                    .nextOffsets()
                    .forEach((partition, next) ->
                            read(consumer, new TopicPartition(EventTopic.NAME, partition), next, tenant, found));
        }
        return found;
    }

    /** All that there is of a tenant. */
    static List<Event> events(LocalStack stack, String tenant) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(stack)) {
            List<TopicPartition> places = consumer.partitionsFor(EventTopic.NAME).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.endOffsets(places).forEach((place, next) -> read(consumer, place, next, tenant, found));
        }
        return found.stream().map(PlainLog::event).toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(LocalStack stack) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.kafka().url(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition place,
            long next,
            String tenant,
            List<ConsumerRecord<byte[], byte[]>> found) {
        consumer.assign(List.of(place));
        consumer.seekToBeginning(List.of(place));
        while (consumer.position(place) < next) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                if (record.offset() < next && isOf(tenant, record)) {
                    found.add(record);
                }
            }
        }
    }

    private static boolean isOf(String tenant, ConsumerRecord<byte[], byte[]> record) {
        byte[] name = record.headers().lastHeader(EventTopic.TENANT_HEADER).value();
        return tenant.equals(new String(name, StandardCharsets.UTF_8));
    }

    static Event event(ConsumerRecord<byte[], byte[]> record) {
        ParsedEvent parsed = EventProtobuf.decode(record.value());
        assertThat(parsed).isInstanceOf(Event.class);
        return (Event) parsed;
    }
}
