package io.millrace.analytics.tail;

import io.millrace.kit.connection.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.assignment.assignors.StickyTaskAssignor;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Kafka Streams: it shares out the partitions among instances, and follows those that this one has. */
final class TailStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TailStreams.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final Path folder;
    private final KafkaStreams streams;
    private final @Nullable HostInfo own;

    TailStreams(Topology topology, KafkaSettings kafka, TailSettings settings) {
        this.folder = newFolder();
        this.own = HostInfo.buildFromEndpoint(settings.address());
        Properties properties = new Properties();
        properties.putAll(properties(kafka, settings, folder));
        this.streams = new KafkaStreams(topology, properties);
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("the live tail failed, its partitions are read back", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    /** What promises rest on; an operator's own properties for Kafka clients cannot change it. */
    static Map<String, Object> properties(KafkaSettings kafka, TailSettings settings, Path folder) {
        Map<String, Object> properties = kafka.clientProperties("analytics-tail");
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.group());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        // How others find this instance.
        properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.address());
        // Without a change log tasks count as stateless, and other assignors spread them anew at every change.
        properties.put(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG, StickyTaskAssignor.class.getName());
        consumer(properties, ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // What lies before is read back beside Streams, which cannot go back.
        consumer(properties, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        int session = Math.toIntExact(settings.sessionTimeout().toMillis());
        consumer(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        consumer(properties, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / 5);
        return properties;
    }

    private static void consumer(Map<String, Object> properties, String name, Object value) {
        // The most particular prefix, which nothing an operator sets goes before.
        properties.put(StreamsConfig.mainConsumerPrefix(name), value);
    }

    /** For Streams' own notes; other processes of this machine must not share it. */
    private static Path newFolder() {
        try {
            return Files.createTempDirectory("millrace-tail-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        streams.start();
    }

    /** {@return the tail of a partition, if this instance has it} */
    Optional<PartitionTail> tail(int partition) {
        try {
            return Optional.of(streams.store(question(partition)).tail());
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // It is another's, or on its way, or Streams is ending while questions are still being answered.
            LOG.trace("partition {} is not held here", partition, e);
            return Optional.empty();
        }
    }

    /** {@return where other instances are that have a partition, by partition; those that gave no address are not named} */
    Map<Integer, String> elsewhere() {
        Map<Integer, String> elsewhere = new TreeMap<>();
        for (StreamsMetadata instance : instances()) {
            HostInfo host = instance.hostInfo();
            if (!host.equals(HostInfo.unavailable()) && !host.equals(own)) {
                instance.topicPartitions()
                        .forEach(partition -> elsewhere.put(partition.partition(), host.host() + ":" + host.port()));
            }
        }
        return elsewhere;
    }

    private Collection<StreamsMetadata> instances() {
        try {
            return streams.metadataForAllStreamsClients();
        } catch (IllegalStateException e) {
            LOG.trace("Streams is ending", e);
            return List.of();
        }
    }

    /** What a tail says does not depend on whether its partition is about to move, so it is asked all the same. */
    private static StoreQueryParameters<TailStore> question(int partition) {
        return StoreQueryParameters.fromNameAndType(TailStore.NAME, new TailStore.Type())
                .withPartition(partition)
                .enableStaleStores();
    }

    /** Leaves the group, so that others get the partitions at once and not when the session has timed out. */
    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_WAIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", folder, e);
        }
    }
}
