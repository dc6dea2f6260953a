package io.millrace.migrate;

import io.millrace.log.EventTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The Kafka side: the topic as its promises need it. */
final class EventLogs implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(50);

    private final String bootstrapServers;
    private final Admin admin;

    EventLogs(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis() / 3,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis()));
    }

    /**
     * One incarnation of the topic.
     *
     * @param id Kafka's topic id
     * @param partitions as they are
     */
    record Topic(String id, int partitions) {}

    /** Makes the topic when it is missing, and refuses one whose settings would break a promise. */
    Topic ensureTopic(MigrationTarget.Topic wanted) {
        create(wanted);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, wanted.name());
        Config config = awaitKnown(
                        () -> admin.describeConfigs(List.of(resource)).all(), "read the topic's settings")
                .values()
                .iterator()
                .next();
        EventTopic.settings().forEach((name, value) -> {
            ConfigEntry entry = config.get(name);
            // How long Kafka keeps records is the operator's to lengthen or shorten; the rest is not.
            if (!name.equals(TopicConfig.RETENTION_MS_CONFIG) && (entry == null || !value.equals(entry.value()))) {
                throw new MigrationException("topic %s has %s=%s but needs %s: change it with kafka-configs"
                        .formatted(wanted.name(), name, entry == null ? "(none)" : entry.value(), value));
            }
        });
        TopicDescription description = awaitKnown(
                        () -> admin.describeTopics(List.of(wanted.name())).allTopicNames(), "describe the topic")
                .values()
                .iterator()
                .next();
        return new Topic(
                description.topicId().toString(), description.partitions().size());
    }

    /** The first offset that each partition still holds. */
    Map<Integer, Long> firstOffsets(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            asked.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
        }
        Map<Integer, Long> offsets = new TreeMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> answered =
                await(admin.listOffsets(asked).all(), "list the topic's offsets");
        answered.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
        return offsets;
    }

    private void create(MigrationTarget.Topic wanted) {
        Optional<Short> replicas =
                wanted.replicationFactor() < 0 ? Optional.empty() : Optional.of(wanted.replicationFactor());
        NewTopic topic =
                new NewTopic(wanted.name(), Optional.of(wanted.partitions()), replicas).configs(EventTopic.settings());
        try {
            await(admin.createTopics(List.of(topic)).all(), "create the topic");
        } catch (MigrationException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Asks again while the broker has not heard yet of a topic that the controller has just made. */
    private <T> T awaitKnown(Supplier<KafkaFuture<T>> request, String what) {
        long deadlineNanos = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try {
                return await(request.get(), what);
            } catch (MigrationException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadlineNanos) {
                    throw e;
                }
            }
            LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
        }
    }

    private <T> T await(KafkaFuture<T> future, String what) {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new MigrationException(
                    "Kafka at %s: could not %s: %s".formatted(bootstrapServers, what, cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new MigrationException(
                    "Kafka at %s: could not %s within %s".formatted(bootstrapServers, what, TIMEOUT), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigrationException("interrupted while trying to " + what, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
