package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventParametersTest {

    @Test
    void fieldsAreWhatTheyAreCalledAndTheRestIsProperties() {
        Event event = (Event) EventParameters.parse(Map.of(
                "event_id", List.of("e-1"),
                "event_type", List.of("open"),
                "timestamp", List.of("2026-01-02T03:04:05Z"),
                "user_id", List.of("u"),
                "session_id", List.of("s"),
                "product_id", List.of("p"),
                "order_amount", List.of("1.5"),
                "mail \"7\"", List.of("a\\b")));
        assertThat(event)
                .isEqualTo(new Event(
                        EventId.of("e-1"),
                        "open",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        "u",
                        "s",
                        "p",
                        new Amount(1_500_000),
                        event.properties(),
                        1));
        assertThat(Objects.requireNonNull(event.properties()).toTextMap())
                .containsExactly(Map.entry("mail \"7\"", "a\\b"));
    }

    @Test
    void whatIsEmptyIsNotThere() {
        Event event = (Event) EventParameters.parse(
                Map.of("event_type", List.of("open"), "timestamp", List.of(""), "event_id", List.of("")));
        assertThat(event).isEqualTo(Event.ofType("open"));
    }

    @Test
    void timestampMayBeEpochMilliseconds() {
        Event event = (Event)
                EventParameters.parse(Map.of("event_type", List.of("open"), "timestamp", List.of("1767323045678")));
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "event_type, '', EVENT_TYPE_MISSING",
        "timestamp, noon, TIMESTAMP_INVALID",
        "timestamp, 999999999999999999, TIMESTAMP_OUT_OF_RANGE",
        "order_amount, 1.2.3, ORDER_AMOUNT_INVALID",
        "properties, {}, PROPERTIES_INVALID",
    })
    void whatIsWrongIsSaid(String name, String value, InvalidEvent.Code code) {
        Map<String, List<String>> parameters = name.equals("event_type")
                ? Map.of(name, List.of(value))
                : Map.of("event_type", List.of("open"), name, List.of(value));
        assertThat(EventParameters.parse(parameters))
                .isInstanceOfSatisfying(
                        InvalidEvent.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(code));
    }

    @Test
    void parameterThatStandsTwiceIsRefused() {
        assertThat(EventParameters.parse(Map.of("event_type", List.of("a", "b"))))
                .isInstanceOfSatisfying(
                        InvalidEvent.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(InvalidEvent.Code.DUPLICATE_FIELD));
    }
}
