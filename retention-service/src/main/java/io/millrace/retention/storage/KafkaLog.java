package io.millrace.retention.storage;

import io.millrace.kit.eventlog.EventLog;
import io.millrace.retention.expiry.LogEnds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Where the log ends, asked of Kafka. Blocks, so not for event loops. */
public final class KafkaLog {
    /** Above the admin client's own limit of 5 s a call, which ends first. */
    private static final long TIMEOUT_SECONDS = 10;

    private final Admin kafka;
    private final EventLog log;

    public KafkaLog(Admin kafka, EventLog log) {
        this.kafka = kafka;
        this.log = log;
    }

    /**
     * The next offset of each partition, records of open transactions included: a partition is not stored whole before
     * those are decided.
     *
     * @return {@link LogEnds.Unknown} when Kafka is away, or the topic is no longer the one this service started with
     */
    public LogEnds ends() {
        try {
            TopicDescription topic = Objects.requireNonNull(
                    await(kafka.describeTopics(List.of(log.topic())).allTopicNames())
                            .get(log.topic()));
            int partitions = log.terms().partitions();
            if (!topic.topicId().equals(log.topicId()) || topic.partitions().size() != partitions) {
                return new LogEnds.Unknown("the topic was made anew or got partitions; start this service again");
            }
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                asked.put(new TopicPartition(log.topic(), partition), OffsetSpec.latest());
            }
            Map<TopicPartition, ListOffsetsResultInfo> answered =
                    await(kafka.listOffsets(asked).all());
            Map<Integer, Long> ends = new HashMap<>();
            answered.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return new LogEnds.Known(ends);
        } catch (ExecutionException e) {
            return new LogEnds.Unknown("Kafka said " + (e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            return new LogEnds.Unknown("Kafka did not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LogEnds.Unknown("the service is stopping");
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
