package io.millrace.ingestion.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.kit.metrics.Meters;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Every event that is sent is counted here once: accepted, kept as a dead letter, or failed. */
final class PublishMetrics {
    private final Counter accepted;
    private final Counter deadLettered;
    private final Counter failed;
    private final Timer acknowledgement;

    PublishMetrics(Meters meters, PublishSettings settings, Backlog backlog) {
        this.accepted = meters.counter(
                "millrace.ingestion.events.accepted",
                "Events acknowledged by Kafka and answered with 202",
                Tags.empty());
        this.deadLettered = meters.counter(
                "millrace.ingestion.events.dead.lettered",
                "Events acknowledged by Kafka as dead letters, since a rule says that they are none of their type",
                Tags.empty());
        this.failed = meters.counter(
                "millrace.ingestion.events.failed",
                "Events answered with 503 because Kafka did not acknowledge all events of their request",
                Tags.empty());
        Duration longest = settings.deliveryTimeout().plus(settings.blockMax());
        this.acknowledgement = meters.timer(
                "millrace.ingestion.acknowledgement",
                "Time from sending a request's first event to Kafka's word on its last",
                longest,
                Tags.empty());
        meters.gauge(
                "millrace.ingestion.unacknowledged.events",
                "Events that were sent to Kafka and have no answer yet",
                "events",
                backlog::events);
    }

    void published(Shipment shipment, long startNanos, boolean all) {
        if (all) {
            accepted.increment(shipment.events().size());
            deadLettered.increment(shipment.marked().size());
        } else {
            failed.increment(shipment.size());
        }
        acknowledgement.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }
}
