package io.millrace.ingestion.publish;

import io.millrace.kit.breaker.Breaker;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.PositionVector;
import java.time.Duration;
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
    private final Way way;
    private final EventLog log;
    private final Backlog backlog;
    private final PublishMetrics metrics;

    EventPublisher(Way way, EventLog log, Backlog backlog, PublishMetrics metrics) {
        this.way = way;
        this.log = log;
        this.backlog = backlog;
        this.metrics = metrics;
    }

    /** The way to Kafka, and what closes it while Kafka is away. */
    record Way(Producer<byte[], byte[]> producer, Breaker breaker) {}

    /**
     * Spares the work that leads to events which would not be sent.
     *
     * @throws io.millrace.kit.breaker.BreakerOpen while Kafka is known to be away
     */
    public void requireKafka() {
        way.breaker().require();
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
     * @param shipment of at least one event
     * @return completes when Kafka has said of each whether it has it: with the next offset of each partition touched,
     *     or with {@link PublishFailed} when it does not have all, or with {@link io.millrace.kit.breaker.BreakerOpen} at
     *     once when it is known to be away and nothing was sent
     */
    public CompletableFuture<PositionVector> publish(Shipment shipment) {
        return way.breaker().guard(() -> send(shipment));
    }

    private CompletableFuture<PositionVector> send(Shipment shipment) {
        Acknowledgements acknowledgements = new Acknowledgements(log.terms(), shipment.size());
        Backlog.Entry waiting = backlog.enter(shipment.size());
        long startNanos = System.nanoTime();
        CompletableFuture<PositionVector> settled = acknowledgements.result().whenComplete((position, error) -> {
            waiting.leave(error == null);
            metrics.published(shipment, startNanos, error == null);
        });
        int sent = 0;
        // Behind a failure more would fail, each only after its own wait.
        while (sent < shipment.size() && !acknowledgements.failed()) {
            try {
                // The callback has what the future would have. A producer that is closed throws an illegal state.
                var _ = way.producer().send(shipment.record(log.topic(), sent), acknowledgements);
            } catch (KafkaException | IllegalStateException e) {
                acknowledgements.onCompletion(null, e);
            }
            sent++;
        }
        acknowledgements.notSent(shipment.size() - sent);
        return settled;
    }
}
