package io.millrace.consumer.partition;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.consumer.store.RangeStore;
import io.millrace.consumer.store.StoreAccess;
import io.millrace.consumer.store.StoreMeters;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.eventlog.LogEnds;
import io.millrace.kit.eventlog.StartCheck;
import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The consumer itself. Needs the connections, the event log's check and a way to end the process. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsumerSettings.class)
public class PartitionConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionConfiguration.class);
    private static final int OPENED_AT_ONCE = 2;

    @Bean
    PartitionBoard partitionBoard(Clock clock) {
        return new PartitionBoard(clock);
    }

    @Bean
    MemoryShares memoryShares(ConsumerSettings settings, EventLog log) {
        MemoryNeed need = new MemoryNeed(log.terms(), Runtime.getRuntime().maxMemory());
        need.warning(settings).ifPresent(LOG::warn);
        return new MemoryShares(settings.heldBytesMax(need.heapBytes()));
    }

    @Bean
    PartitionMeters partitionMeters(MeterRegistry registry, PartitionBoard board, MemoryShares memory) {
        return new PartitionMeters(registry, board, memory);
    }

    @Bean
    RangeStore rangeStore(ClickHouse clickHouse, ConsumerSettings settings, Meters meters) {
        return new RangeStore(
                new StoreAccess(clickHouse.client(), settings.insertCompression(), clickHouse.breaker()),
                new StoreMeters(meters, System::nanoTime),
                System::nanoTime);
    }

    /** Closed after the consumers, which wait for what runs on it. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService storeThreads(ConsumerSettings settings) {
        return Executors.newFixedThreadPool(
                settings.insertsParallel(),
                Thread.ofPlatform().name("store-", 0).daemon().factory());
    }

    /** Few, as each of them reads the log back for a partition that was just assigned. */
    @Bean(destroyMethod = "shutdownNow")
    ExecutorService openThreads() {
        return Executors.newFixedThreadPool(
                OPENED_AT_ONCE, Thread.ofPlatform().name("open-", 0).daemon().factory());
    }

    @Bean
    LogEnds logEnds(Admin kafka, EventLog log, PartitionBoard board, ConsumerSettings settings, Clock clock) {
        return new LogEnds(
                kafka, log, settings.lagInterval(), clock, end -> board.putLogEnd(end.partition(), end.committed()));
    }

    @Bean
    LogHistory logHistory(EventLog log, KafkaSettings kafka, ConsumerSettings settings, PartitionMeters meters) {
        return new LogHistory(log, LogConsumers.properties(kafka, settings, "history"), meters, System::nanoTime);
    }

    /** The questions that only members of the recorded group may ask. */
    @Bean
    LogQuestions logQuestions(
            EventLog log, DatabaseClient postgres, StartCheck start, Admin kafka, ConsumerSettings settings) {
        OneGroup recorded = new OneGroup(postgres, log.terms().logId());
        String group = start.await("PostgreSQL", recorded.claim(settings.group()));
        return new LogQuestions(log, group, kafka);
    }

    @Bean
    PartitionWork partitionWork(
            LogQuestions questions,
            RangeStore store,
            LogHistory history,
            @Qualifier("openThreads") ExecutorService openThreads,
            @Qualifier("storeThreads") ExecutorService storeThreads,
            PartitionMeters meters,
            ConsumerSettings settings) {
        Backoff backoff = new Backoff(settings.retryFirst(), settings.retryMax(), RandomGenerator.getDefault());
        return new PartitionWork(
                questions,
                history,
                store,
                settings,
                new Repeated.Repetition(openThreads, backoff, meters.failures()),
                new Repeated.Repetition(storeThreads, backoff, meters.failures()),
                meters);
    }

    @Bean
    LogConsumers logConsumers(
            KafkaSettings kafka,
            EventLog log,
            PartitionWork work,
            ConsumerSettings settings,
            MemoryShares memory,
            PartitionBoard board,
            Clock clock,
            Consumer<Throwable> onBug) {
        return new LogConsumers(
                kafka, new PollLoop.Shared(log, work, settings, memory, board, clock, System::nanoTime), onBug);
    }

    @Bean
    RouterFunction<ServerResponse> partitionsRoute(PartitionBoard board) {
        return new PartitionsRoute(board).route();
    }
}
