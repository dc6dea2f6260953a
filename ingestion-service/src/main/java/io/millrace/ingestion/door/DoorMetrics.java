package io.millrace.ingestion.door;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.millrace.ingestion.body.InFlight;
import io.millrace.kit.metrics.Meters;

/** What came to the door. */
final class DoorMetrics {
    private final Meters meters;
    private final Counter bodyBytes;

    DoorMetrics(Meters meters, InFlight inFlight) {
        this.meters = meters;
        this.bodyBytes = meters.byteCounter(
                "millrace.ingestion.body", "Bytes of request bodies taken in, as sent", Tags.empty());
        meters.gauge(
                "millrace.ingestion.in.flight.size",
                "Bytes of request bodies held until their answer",
                "bytes",
                inFlight::bytes);
        meters.gauge(
                "millrace.ingestion.in.flight.requests",
                "Requests between their first byte and their answer",
                "requests",
                inFlight::requests);
    }

    void tookBody(int bytes) {
        bodyBytes.increment(bytes);
    }

    /** What rules did, beside rejecting. What they marked is counted when Kafka has it. */
    void ruled(Intake intake) {
        intake.dropped()
                .forEach((reason, indexes) -> meters.counter(
                                "millrace.ingestion.events.dropped",
                                "Events that a rule of their tenant left out, by rule",
                                Tags.of("code", reason.code()))
                        .increment(indexes.size()));
        long sampled =
                intake.accepted().stream().filter(event -> event.weight() > 1).count();
        if (sampled > 0) {
            meters.counter(
                            "millrace.ingestion.events.sampled",
                            "Events that a rule of their tenant let in for several",
                            Tags.empty())
                    .increment((double) sampled);
        }
    }

    /** The codes are a fixed set, so the tag is bounded. */
    void rejected(Iterable<Rejection> rejections) {
        for (Rejection rejection : rejections) {
            meters.counter(
                            "millrace.ingestion.events.rejected",
                            "Events answered as not acceptable, by reason",
                            Tags.of("code", rejection.code()))
                    .increment();
        }
    }
}
