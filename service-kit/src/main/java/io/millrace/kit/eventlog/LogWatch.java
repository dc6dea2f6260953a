package io.millrace.kit.eventlog;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka now and then whether the topic is still the one this service started with. Made anew or given partitions, it
 * is another log, whose offsets must not be taken for the old one's. While Kafka is away, or has no such topic for the
 * moment, nothing is concluded.
 */
public final class LogWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Admin kafka;
    private final EventLog log;
    private final Consumer<TopicDescription> replaced;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("log-watch").factory());
    private final ScheduledFuture<?> asking;

    /**
     * Asks from now on.
     *
     * @param replaced told once, of the topic as it is now, and then nothing is asked any more
     */
    public LogWatch(Admin kafka, EventLog log, Duration interval, Consumer<TopicDescription> replaced) {
        this.kafka = kafka;
        this.log = log;
        this.replaced = replaced;
        this.asking = timer.scheduleWithFixedDelay(this::ask, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void ask() {
        try {
            TopicDescription topic = Objects.requireNonNull(kafka.describeTopics(List.of(log.topic()))
                    .allTopicNames()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .get(log.topic()));
            if (!log.is(topic)) {
                timer.shutdown();
                replaced.accept(topic);
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("it is not known for now which topic there is", e);
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
