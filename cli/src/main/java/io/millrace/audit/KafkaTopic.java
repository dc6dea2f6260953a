package io.millrace.audit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The topic in Kafka: which log it is now, and where that begins and ends. */
final class KafkaTopic implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final String servers;
    private final String topic;
    private final Admin admin;

    KafkaTopic(String servers, String topic) {
        this.servers = servers;
        this.topic = topic;
        try {
            this.admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    servers,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    PATIENCE_MILLIS / 3,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    PATIENCE_MILLIS));
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    /** {@return the log that the topic is now} */
    RegisteredLog current(List<RegisteredLog> logs) {
        TopicDescription now = await(admin.describeTopics(List.of(topic)).allTopicNames())
                .values()
                .iterator()
                .next();
        Optional<RegisteredLog> current = logs.stream()
                .filter(log -> log.topicId().equals(now.topicId().toString())
                        && log.terms().partitions() == now.partitions().size())
                .findFirst();
        return current.orElseThrow(() -> new AuditFailure(
                "the topic %s with id %s and %d partitions is no log that PostgreSQL knows: run 'millrace migrate'"
                        .formatted(topic, now.topicId(), now.partitions().size()),
                null));
    }

    /** {@return the first offset that Kafka still has of each partition} */
    Map<LogPartition, Long> starts(RegisteredLog log) {
        return offsets(log, OffsetSpec.earliest());
    }

    /** {@return the next offset of each partition, as far as transactions are decided} */
    Map<LogPartition, Long> ends(RegisteredLog log) {
        return offsets(log, OffsetSpec.latest());
    }

    private Map<LogPartition, Long> offsets(RegisteredLog log, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < log.terms().partitions(); partition++) {
            asked.put(new TopicPartition(topic, partition), which);
        }
        Map<TopicPartition, ListOffsetsResultInfo> answered =
                await(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        Map<LogPartition, Long> offsets = new TreeMap<>();
        answered.forEach((partition, info) ->
                offsets.put(new LogPartition(log.terms().logId(), partition.partition()), info.offset()));
        return offsets;
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            // Above the client's own limit, which ends first and says more.
            return future.get(PATIENCE_MILLIS * 2L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private AuditFailure failed(Throwable e) {
        return new AuditFailure("Kafka at " + servers + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
