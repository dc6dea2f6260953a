package io.millrace.ingestion.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventJson;
import io.millrace.event.InvalidEvent;
import io.millrace.event.ParsedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Instant LATEST = Instant.parse("2026-01-01T01:00:00Z");

    @Test
    void everyEventIsAcceptedOrRejectedInItsPlace() {
        Intake intake = intake(
                new InvalidEvent(InvalidEvent.Code.NOT_AN_OBJECT, "no"),
                Event.ofType("a"),
                new InvalidEvent(InvalidEvent.Code.MALFORMED_JSON, "neither"),
                Event.ofType("b"));
        assertThat(intake.accepted()).extracting(Event::type).containsExactly("a", "b");
        assertThat(intake.rejected())
                .containsExactly(
                        new Rejection(0, "not_an_object", "no"), new Rejection(2, "malformed_json", "neither"));
    }

    @Test
    void missingIdIsMadeFromTheIndexInTheRequest() {
        EventId own = EventId.of("own");
        Intake intake = intake(
                new InvalidEvent(InvalidEvent.Code.NOT_AN_OBJECT, "no"),
                Event.ofType("a"),
                Event.ofType("b").withId(own));
        assertThat(intake.accepted()).extracting(Event::id).containsExactly(EventId.of(new UUID(0, 1)), own);
    }

    @Test
    void timestampIsAcceptedUpToTheLatest() {
        Intake intake = intake(at("2026-01-01T01:00:00Z"), at("2026-01-01T01:00:00.001Z"), at("1970-01-01T00:00:00Z"));
        assertThat(intake.accepted()).hasSize(2);
        assertThat(intake.rejected())
                .containsExactly(new Rejection(1, "timestamp_too_far_ahead", "timestamp is later than " + LATEST));
    }

    private static ParsedEvent at(String timestamp) {
        return EventJson.parse("{\"event_type\":\"t\",\"timestamp\":\"%s\"}"
                .formatted(timestamp)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Intake intake(ParsedEvent... events) {
        return Intake.of(List.of(events), LATEST, index -> EventId.of(new UUID(0, index)));
    }
}
