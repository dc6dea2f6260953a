package io.millrace.prove.verdict;

import io.millrace.log.EventTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topic of all events as any client of Kafka can read it. */
final class PlainTopic {
    static final String COMMITTED = "read_committed";
    static final String UNCOMMITTED = "read_uncommitted";

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FETCH_BYTES_MAX = 16 << 20;

    private final String servers;

    PlainTopic(String servers) {
        this.servers = servers;
    }

    /** Where its partitions end now, by their number. */
    List<Long> ends(String isolation) {
        List<Long> ends = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
            int partitions = consumer.partitionsFor(EventTopic.NAME).size();
            for (int number = 0; number < partitions; number++) {
                TopicPartition partition = new TopicPartition(EventTopic.NAME, number);
                Long end = consumer.endOffsets(List.of(partition)).get(partition);
                if (end == null) {
                    throw new IllegalStateException("Kafka does not say where " + partition + " ends");
                }
                ends.add(end);
            }
        }
        return ends;
    }

    /** Shows the committed records of one partition below an offset, in order. */
    void read(int number, long end, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        TopicPartition partition = new TopicPartition(EventTopic.NAME, number);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(COMMITTED)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end) {
                        reader.accept(record);
                    }
                }
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
