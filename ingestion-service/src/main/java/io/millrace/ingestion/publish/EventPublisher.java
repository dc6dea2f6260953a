package io.millrace.ingestion.publish;

import io.millrace.event.Event;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.EventRecords;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/**
 * Sends events to the log.
 *
 * <p>A replay sends again: the log then holds two records of one event id, which its readers count once. Of a half-done
 * batch some events are in the log; the answer calls it failed, and the client's replay makes it whole. At shutdown what
 * was sent is waited for.
 */
public final class EventPublisher {
    private final Producer<byte[], byte[]> producer;
    private final EventLog log;
    private final Backlog backlog;
    private final PublishMetrics metrics;

    EventPublisher(Producer<byte[], byte[]> producer, EventLog log, Backlog backlog, PublishMetrics metrics) {
        this.producer = producer;
        this.log = log;
        this.backlog = backlog;
        this.metrics = metrics;
    }

    /** Whether what is sent now would wait too long for Kafka. */
    public boolean isBehind() {
        return backlog.isBehind();
    }

    /** {@return in how long all that Kafka was sent will be answered, by how fast it answered of late} */
    public Duration settledIn() {
        return backlog.settledIn();
    }

    /**
     * Sends the events. May wait for room in the producer's buffer, so it must not be called on an event loop.
     *
     * @param events each with an id
     * @return completes when Kafka has said of each whether it has it: with the next offset of each partition touched,
     *     or with {@link PublishFailed} when it does not have all
     */
    public CompletableFuture<PositionVector> publish(Tenant tenant, List<Event> events) {
        Acknowledgements acknowledgements = new Acknowledgements(log.terms(), events.size());
        Backlog.Entry waiting = backlog.enter(events.size());
        long startNanos = System.nanoTime();
        int sent = 0;
        // Behind a failure more would fail, each only after its own wait.
        while (sent < events.size() && !acknowledgements.failed()) {
            try {
                // The callback has what the future would have.
                var _ = producer.send(EventRecords.of(log.topic(), tenant, events.get(sent)), acknowledgements);
            } catch (KafkaException e) {
                acknowledgements.onCompletion(null, e);
            }
            sent++;
        }
        acknowledgements.notSent(events.size() - sent);
        return acknowledgements.result().whenComplete((position, error) -> {
            waiting.leave(error == null);
            metrics.published(events.size(), startNanos, error == null);
        });
    }
}
