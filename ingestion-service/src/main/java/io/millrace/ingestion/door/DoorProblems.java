package io.millrace.ingestion.door;

import io.millrace.event.InvalidEvent;
import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.Problems;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The door's answers that are no 202. README.md lists them with what a client should do. */
final class DoorProblems {
    private static final Duration OVERLOADED_RETRY = Duration.ofSeconds(1);
    private static final Duration KAFKA_RETRY = Duration.ofSeconds(5);

    private DoorProblems() {}

    static Problem nothingAccepted(List<Rejection> rejected) {
        return Problem.of(HttpStatus.BAD_REQUEST, "nothing_accepted", "None of the events can be accepted")
                .withDetail("Each event's reason stands in rejected")
                .withMember("accepted", 0)
                .withMember("rejected", rejected);
    }

    /** Its code is the event codec's own: {@code malformed_json}, {@code invalid_utf8}. */
    static Problem unreadable(InvalidEvent why) {
        return Problem.of(HttpStatus.BAD_REQUEST, why.code().wire(), "The body cannot be read")
                .withDetail(why.detail());
    }

    static Problem bodyEmpty() {
        return Problem.of(HttpStatus.BAD_REQUEST, "body_empty", "There is no event in the body");
    }

    static Problem encodingInvalid() {
        return Problem.of(HttpStatus.BAD_REQUEST, "encoding_invalid", "The body is not what its Content-Encoding says");
    }

    static Problem idempotencyKeyInvalid() {
        return Problem.of(HttpStatus.BAD_REQUEST, "idempotency_key_invalid", "The Idempotency-Key cannot be used")
                .withDetail("It must be 1 to " + EventIds.IDEMPOTENCY_KEY_CHARACTERS_MAX + " visible ASCII characters");
    }

    static Problem bodyTimeout() {
        return Problem.of(HttpStatus.REQUEST_TIMEOUT, "body_timeout", "The body did not come in in time");
    }

    static Problem bodyTooLarge(DataSize max) {
        return Problems.bodyTooLarge().withDetail("At most " + max.toBytes() + " bytes; send it in parts");
    }

    static Problem decompressedTooLarge(DataSize max) {
        return Problems.bodyTooLarge().withDetail("At most " + max.toBytes() + " bytes unpacked; send it in parts");
    }

    static Problem ratioTooHigh(int max) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "ratio_too_high", "The body unpacks to far more than it is")
                .withDetail("At most " + max + " times its size; send it in parts, or unpacked");
    }

    static Problem tooManyEvents(int eventsMax) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too_many_events", "There are too many events in the body")
                .withDetail("At most " + eventsMax + "; send them in parts");
    }

    static Problem mediaTypeUnsupported() {
        return Problems.mediaTypeUnsupported()
                .withDetail(
                        "Content-Type must be application/json, application/x-ndjson, application/cloudevents+json or"
                                + " application/cloudevents-batch+json, in UTF-8; anything with the headers of a CloudEvent");
    }

    static Problem encodingUnsupported() {
        return Problems.mediaTypeUnsupported()
                .withDetail("Content-Encoding must be gzip, zstd, or none")
                .withHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, zstd");
    }

    static Problem overloaded() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "overloaded", "The service has more to do than it can")
                .withRetryAfter(OVERLOADED_RETRY);
    }

    static Problem kafkaUnavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "kafka_unavailable", "The events could not be made durable")
                .withDetail("Send the whole request again: events that carry an event_id, or the request an"
                        + " Idempotency-Key, count once")
                .withRetryAfter(KAFKA_RETRY);
    }
}
