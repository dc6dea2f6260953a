package io.millrace.ingestion.publish;

import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.PositionVector;
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
    private final PublishMetrics metrics;

    EventPublisher(Producer<byte[], byte[]> producer, EventLog log, PublishMetrics metrics) {
        this.producer = producer;
        this.log = log;
        this.metrics = metrics;
    }

    /**
     * Sends the events. May wait for room in the producer's buffer, so it must not be called on an event loop.
     *
     * @param shipment of at least one event
     * @return completes when Kafka has said of each whether it has it: with the next offset of each partition touched,
     *     or with {@link PublishFailed} when it does not have all
     */
    public CompletableFuture<PositionVector> publish(Shipment shipment) {
        Acknowledgements acknowledgements = new Acknowledgements(log.terms(), shipment.size());
        long startNanos = System.nanoTime();
        int sent = 0;
        // Behind a failure more would fail, each only after its own wait.
        while (sent < shipment.size() && !acknowledgements.failed()) {
            try {
                // The callback has what the future would have.
                var _ = producer.send(shipment.record(log.topic(), sent), acknowledgements);
            } catch (KafkaException e) {
                acknowledgements.onCompletion(null, e);
            }
            sent++;
        }
        acknowledgements.notSent(shipment.size() - sent);
        return acknowledgements
                .result()
                .whenComplete((position, error) -> metrics.published(shipment, startNanos, error == null));
    }
}
