package io.millrace.ingestion.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventJson;
import io.millrace.event.EventProtobuf;
import io.millrace.event.InvalidEvent;
import io.millrace.event.ParsedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class IntakeTest {
    private static final EventSettings LIMITS =
            new EventSettings(DataSize.ofBytes(1_000), 3, 3, DataSize.ofBytes(8), DataSize.ofBytes(100));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nesting_too_deep | {'a':{'b':1}}                       | {'a':{'b':[1]}}",
                "too_many_keys    | {'a':1,'b':2,'c':{'d':3}}           | {'a':1,'b':2,'c':{},'d':3}",
                "key_too_long     | {'12345678':{'123456789':1}}        | {'1234567é':1}",
            })
    void partsOfAnEventMayBeAsLargeAsIsSet(String code, String most, String more) {
        Intake intake = intake(withProperties(most), withProperties(more));
        assertThat(intake.accepted()).hasSize(1);
        assertThat(intake.rejected()).singleElement().satisfies(rejection -> {
            assertThat(rejection.index()).isEqualTo(1);
            assertThat(rejection.code()).isEqualTo(code);
        });
    }

    @Test
    void stringMayBeAsLongAsIsSet() {
        Intake intake = intake(
                withProperties("{'a':['" + "é".repeat(50) + "']}"),
                withProperties("{'a':['" + "é".repeat(50) + "x']}"),
                withProperties("{'a':'" + "\\u00e9".repeat(50) + "'}"));
        assertThat(intake.rejected()).extracting(Rejection::code).containsExactly("string_too_long");
        assertThat(intake.rejected()).extracting(Rejection::index).containsExactly(1);
    }

    @Test
    void eventMayBeAsLargeAsIsSet() {
        Event event = (Event) withProperties("{'a':[" + "1,".repeat(400) + "1]}");
        int beside = EventProtobuf.encode(event).length - 801;
        String most = "1".repeat(1_000 - beside);
        Intake intake = intake(withProperties("{'a':[" + most + "]}"), withProperties("{'a':[1" + most + "]}"));
        assertThat(intake.accepted()).hasSize(1);
        assertThat(intake.rejected()).extracting(Rejection::code).containsExactly("event_too_large");
    }

    private static ParsedEvent withProperties(String json) {
        return EventJson.parse("{'event_type':'t','properties':%s}"
                .formatted(json)
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    }

    private static ParsedEvent at(String timestamp) {
        return EventJson.parse("{\"event_type\":\"t\",\"timestamp\":\"%s\"}"
                .formatted(timestamp)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static Intake intake(ParsedEvent... events) {
        return Intake.of(List.of(events), LIMITS, LATEST, index -> EventId.of(new UUID(0, index)));
    }
}
