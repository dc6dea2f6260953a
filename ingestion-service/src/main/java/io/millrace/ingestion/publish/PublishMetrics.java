package io.millrace.ingestion.publish;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.kit.metrics.Meters;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Every event that is sent is counted here once: accepted or failed. */
final class PublishMetrics {
    private final Counter accepted;
    private final Counter failed;
    private final Timer acknowledgement;

    PublishMetrics(Meters meters, PublishSettings settings, Backlog backlog) {
        this.accepted = meters.counter(
                "millrace.ingestion.events.accepted",
                "Events acknowledged by Kafka and answered with 202",
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

    void published(int events, long startNanos, boolean all) {
        (all ? accepted : failed).increment(events);
        acknowledgement.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }
}
