package io.millrace.ingestion.door;

import io.millrace.event.InvalidEvent;
import io.millrace.kit.problem.Problem;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What can be wrong with what stands in a body, and what becomes of it. README.md lists them with what a client should do. */
final class DoorProblems {
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

    static Problem idempotencyKeyInvalid() {
        return Problem.of(HttpStatus.BAD_REQUEST, "idempotency_key_invalid", "The Idempotency-Key cannot be used")
                .withDetail("It must be 1 to " + EventIds.IDEMPOTENCY_KEY_CHARACTERS_MAX + " visible ASCII characters");
    }

    static Problem tooManyEvents(int eventsMax) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too_many_events", "There are too many events in the body")
                .withDetail("At most " + eventsMax + "; send them in parts");
    }

    static Problem kafkaUnavailable(Duration retryAfter) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "kafka_unavailable", "The events could not be made durable")
                .withDetail("Send the whole request again: events that carry an event_id, or the request an"
                        + " Idempotency-Key, count once")
                .withRetryAfter(retryAfter);
    }
}
