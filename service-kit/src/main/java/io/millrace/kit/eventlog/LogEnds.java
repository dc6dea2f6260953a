package io.millrace.kit.eventlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka now and then where the partitions end for those who read what is committed, for the lag. A consumer that is
 * paused is not told. While Kafka is away the last answer stands.
 */
public final class LogEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Admin kafka;
    private final Map<TopicPartition, OffsetSpec> question;
    private final Clock clock;
    private final Sink sink;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-ends").factory());
    private final ScheduledFuture<?> asking;

    /** Takes what Kafka said. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Where a partition ended.
         *
         * @param askedAt a moment before Kafka answered
         */
        void seen(int partition, long end, Instant askedAt);
    }

    /** Asks from now on. */
    public LogEnds(Admin kafka, EventLog log, Duration interval, Clock clock, Sink sink) {
        this.kafka = kafka;
        this.question = IntStream.range(0, log.terms().partitions())
                .mapToObj(partition -> new TopicPartition(log.topic(), partition))
                .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        this.clock = clock;
        this.sink = sink;
        this.asking = timer.scheduleWithFixedDelay(this::ask, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask() {
        Instant askedAt = clock.instant();
        try {
            kafka.listOffsets(question, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, info) -> sink.seen(partition.partition(), info.offset(), askedAt));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the ends of the log are unknown for now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        asking.cancel(true);
        timer.shutdownNow();
    }
}
