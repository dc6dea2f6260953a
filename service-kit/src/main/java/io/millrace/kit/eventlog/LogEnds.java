package io.millrace.kit.eventlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka now and then where the partitions end, for the lag and for how much of the log can be known. A consumer that
 * is paused is not told. While Kafka is away the last answer stands.
 */
public final class LogEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Admin kafka;
    private final Map<TopicPartition, OffsetSpec> question;
    private final Clock clock;
    private final Consumer<End> sink;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-ends").factory());
    private final ScheduledFuture<?> asking;

    /**
     * Where a partition ended.
     *
     * @param committed the next offset for those who read what is committed
     * @param received the next offset for those who do not wait for transactions to end, seen before the other
     * @param askedAt a moment before Kafka answered; what was acknowledged before it lies before {@code received}
     */
    public record End(int partition, long committed, long received, Instant askedAt) {

        /** {@return whether nothing was received before {@code askedAt} that an open transaction hides} */
        public boolean hidesNothing() {
            return committed >= received;
        }
    }

    /** Asks from now on. */
    public LogEnds(Admin kafka, EventLog log, Duration interval, Clock clock, Consumer<End> sink) {
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
            // In this order, so that an end that is as far as the other hides nothing of what the other had.
            Map<TopicPartition, ListOffsetsResultInfo> received = ends(IsolationLevel.READ_UNCOMMITTED);
            ends(IsolationLevel.READ_COMMITTED)
                    .forEach((partition, committed) -> sink.accept(new End(
                            partition.partition(),
                            committed.offset(),
                            Objects.requireNonNull(received.get(partition)).offset(),
                            askedAt)));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the ends of the log are unknown for now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(IsolationLevel isolation)
            throws ExecutionException, TimeoutException, InterruptedException {
        return kafka.listOffsets(question, new ListOffsetsOptions(isolation))
                .all()
                .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        asking.cancel(true);
        timer.shutdownNow();
    }
}
