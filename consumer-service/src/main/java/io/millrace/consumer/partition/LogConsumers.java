package io.millrace.consumer.partition;

import io.millrace.kit.connection.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.ContainerProperties.AssignmentCommitOption;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/**
 * The members of the consumer group that this process has: one container of a single thread for each, since each has a
 * {@link PollLoop} of its own. They start when everything else is there and stop before anything else goes.
 */
final class LogConsumers implements SmartLifecycle {
    /** How soon a finished insert is noticed while no records come. */
    private static final Duration POLL = Duration.ofMillis(50);

    /** So that decoding one poll's records takes milliseconds, after which due ranges are looked at again. */
    private static final int POLL_RECORDS_MAX = 2_000;

    /** What Kafka may send ahead to one poll thread. */
    private static final int FETCH_BYTES_MAX = 16 * 1024 * 1024;

    /** Below which Kafka waits for more, {@link #POLL} at most: under a steady load that spares most of the fetches. */
    private static final int FETCH_BYTES_MIN = 256 * 1024;

    private static final Duration AUTHORIZATION_RETRY = Duration.ofSeconds(5);

    private final List<KafkaMessageListenerContainer<byte[], byte[]>> containers = new ArrayList<>();

    LogConsumers(KafkaSettings kafka, PollLoop.Shared shared, Consumer<Throwable> onBug) {
        for (int i = 0; i < shared.settings().pollThreads(); i++) {
            containers.add(container(kafka, shared, onBug, "consumer-" + i));
        }
    }

    private static KafkaMessageListenerContainer<byte[], byte[]> container(
            KafkaSettings kafka, PollLoop.Shared shared, Consumer<Throwable> onBug, String name) {
        PollLoop loop = new PollLoop(shared);
        ContainerProperties how = new ContainerProperties(shared.log().topic());
        how.setGroupId(shared.settings().group());
        how.setMessageListener(loop);
        how.setConsumerRebalanceListener(loop);
        // The loop commits what is in the ledger; nothing else may.
        how.setAckMode(AckMode.MANUAL);
        how.setAssignmentCommitOption(AssignmentCommitOption.NEVER);
        how.setPollTimeout(POLL.toMillis());
        how.setAuthExceptionRetryInterval(AUTHORIZATION_RETRY);
        how.setShutdownTimeout(shared.settings().releaseWait().plusSeconds(5).toMillis());
        how.setMicrometerEnabled(false);
        var container = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<byte[], byte[]>(properties(kafka, shared.settings(), name)), how);
        container.setBeanName(name);
        container.setBatchInterceptor(loop);
        container.setCommonErrorHandler(new PollErrors(loop, onBug));
        // By default a container that gives up stops without a word while the process lives on.
        container.setEmergencyStop(
                () -> onBug.accept(new IllegalStateException("the container of " + name + " gave up")));
        return container;
    }

    /** What promises rest on; an operator's own properties for Kafka clients cannot change it. */
    static Map<String, Object> properties(KafkaSettings kafka, ConsumerSettings settings, String name) {
        Map<String, Object> properties = kafka.clientProperties(name);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What an aborted transaction wrote never was in the log.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // The ledger says where to start; a client that chose a place itself would lose or repeat records.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Partitions that stay are read on while others move.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout().toMillis()));
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout().toMillis() / 5));
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES_MAX);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES_MIN);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(POLL.toMillis()));
        return properties;
    }

    /** The same for a consumer that reads for itself, from where it is told, and commits nothing. */
    static Map<String, Object> outsideTheGroup(Map<String, Object> properties, String name) {
        Map<String, Object> own = new HashMap<>(properties);
        own.remove(ConsumerConfig.GROUP_ID_CONFIG);
        own.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX / 4);
        return own;
    }

    @Override
    public void start() {
        containers.forEach(KafkaMessageListenerContainer::start);
    }

    @Override
    public void stop() {
        // Side by side, so that the waits for running inserts do not add up.
        List<Thread> stopping = containers.stream()
                .map(container -> Thread.ofVirtual().start(container::stop))
                .toList();
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return containers.stream().anyMatch(KafkaMessageListenerContainer::isRunning);
    }
}
