package io.millrace.ingestion;

import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import io.millrace.log.Fate;
import io.millrace.log.LogTerms;
import io.millrace.log.PositionVector;
import io.millrace.log.RecordReader;
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

    /** A tenant's events among those that lie below a position, in no particular order. */
    static List<Fate.Stored> events(LocalStack stack, LogTerms terms, String tenant, String position) {
        RecordReader reader = new RecordReader(terms);
        PositionVector below = PositionVector.parse(position);
        List<Fate.Stored> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.kafka().url(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            below.nextOffsets().forEach((partition, next) -> {
                TopicPartition place = new TopicPartition(EventTopic.NAME, partition);
                consumer.assign(List.of(place));
                consumer.seekToBeginning(List.of(place));
                while (consumer.position(place) < next) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                        if (record.offset() < next
                                && reader.read(record) instanceof Fate.Stored stored
                                && stored.tenant().name().equals(tenant)) {
                            found.add(stored);
                        }
                    }
                }
            });
        }
        return found;
    }
}
