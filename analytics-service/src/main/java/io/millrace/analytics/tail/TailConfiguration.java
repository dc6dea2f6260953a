package io.millrace.analytics.tail;

import io.millrace.analytics.unique.UserHash;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.eventlog.LogEnds;
import io.millrace.kit.eventlog.LogWatch;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The live tail. Needs the connections, the event log's check and a bean that says how far partitions are stored. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TailSettings.class)
public class TailConfiguration {
    /** What was the log's end one interval ago has been read by now, or its reader is late. */
    private static final Duration ENDS_INTERVAL = Duration.ofMillis(500);

    /** What lies further back than memory reaches would be dropped as soon as read. */
    private static final int EVENT_BYTES_MIN = 32;

    /** S of each partition, when it is known. */
    @FunctionalInterface
    public interface StoredTo extends IntFunction<OptionalLong> {}

    @Bean
    LogEndBoard logEndBoard() {
        return new LogEndBoard();
    }

    @Bean
    LogEnds logEnds(Admin kafka, EventLog log, LogEndBoard board, Clock clock) {
        return new LogEnds(kafka, log, ENDS_INTERVAL, clock, board::put);
    }

    /** As often as ends are asked for, so that hardly an offset of another log is taken for one of this. */
    @Bean
    LogWatch logWatch(Admin kafka, EventLog log) {
        return new LogWatch(kafka, log, ENDS_INTERVAL, new LogReplaced(log, () -> System.exit(LogReplaced.EXIT_CODE)));
    }

    @Bean
    TailReader tailReader(
            Admin admin,
            KafkaSettings kafka,
            ClickHouse clickHouse,
            EventLog log,
            LogEndBoard ends,
            TailSettings settings,
            StoredTo storedTo) {
        long offsetsMax =
                settings.memoryMax().toBytes() / EVENT_BYTES_MIN / log.terms().partitions();
        TailBeginnings beginnings = new TailBeginnings(admin, clickHouse, log, storedTo, offsetsMax);
        return new TailReader(log, ends, beginnings::find, () -> consumer(kafka));
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
        return new KafkaConsumer<>(readerProperties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** What promises rest on; an operator's own properties for Kafka clients cannot change it. */
    static Map<String, Object> readerProperties(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.clientProperties("analytics-tail-reader"));
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // It is told where to start; a place of its own choice would leave a gap.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    @Bean
    Topology tailTopology(EventLog log, UniqueHashKeys keys, TailReader reader) {
        UserHash userHash = new UserHash(keys);
        return TailTopology.of(log.topic(), () -> new PartitionTail(log.terms(), userHash), reader);
    }

    @Bean
    LogTail logTail(
            EventLog log,
            KafkaSettings kafka,
            TailSettings settings,
            Topology topology,
            TailReader reader,
            StoredTo storedTo) {
        TailMemory memory = new TailMemory(settings.memoryMax().toBytes(), storedTo);
        return new LogTail(log, new TailStreams(topology, kafka, settings), reader, memory);
    }

    @Bean
    TailMeters tailMeters(Meters meters, LogTail tail, LogEndBoard ends) {
        return new TailMeters(meters, tail::tails, ends);
    }
}
