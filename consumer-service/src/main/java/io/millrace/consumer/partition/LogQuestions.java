package io.millrace.consumer.partition;

import io.millrace.consumer.store.OutsideTrouble;
import io.millrace.kit.eventlog.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** What Kafka is asked about a partition before it is read. Blocks; changes nothing. */
final class LogQuestions {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final EventLog log;
    private final String group;
    private final Admin kafka;

    LogQuestions(EventLog log, String group, Admin kafka) {
        this.log = log;
        this.group = group;
        this.kafka = kafka;
    }

    /**
     * What Kafka says.
     *
     * @param start first offset that the log still has
     * @param end the one behind its last
     * @param committed the group's, if any
     */
    record Answer(
            Uuid topicId, long start, long end, @Nullable OffsetAndMetadata committed) {}

    /**
     * Asks. The group's members before this one can commit no more once this one has the partition, so what is
     * committed stays so.
     *
     * @throws OutsideTrouble when Kafka did not answer
     */
    Answer ask(int partition) {
        TopicPartition asked = new TopicPartition(log.topic(), partition);
        return new Answer(
                topicId(), offset(asked, OffsetSpec.earliest()), offset(asked, OffsetSpec.latest()), committed(asked));
    }

    /** The incarnation of the topic that the tables are about. */
    Uuid expectedTopicId() {
        return log.topicId();
    }

    private Uuid topicId() {
        return Objects.requireNonNull(
                        await(kafka.describeTopics(List.of(log.topic())).allTopicNames())
                                .get(log.topic()))
                .topicId();
    }

    private long offset(TopicPartition partition, OffsetSpec spec) {
        return await(kafka.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }

    private @Nullable OffsetAndMetadata committed(TopicPartition partition) {
        return await(kafka.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                        .partitionsToOffsetAndMetadata())
                .get(partition);
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new OutsideTrouble(
                    "kafka_" + cause.getClass().getSimpleName(), "Kafka: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideTrouble("interrupted", "interrupted while asking Kafka", e);
        }
    }
}
