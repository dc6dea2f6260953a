package io.millrace.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.InvalidEvent.Code;
import io.millrace.event.SegmentJson.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int EVENTS_MAX = 4;

    @Test
    void trackedEventHasAllThatWasSent() {
        Event event = event(Kind.TRACK, """
                {"messageId":"ajs-7","type":"track","event":"Order Completed","userId":"u1","anonymousId":"a1",
                 "timestamp":"2026-01-01T11:00:00.500Z","sentAt":"2026-01-01T11:59:00.000Z","writeKey":"mr_i_x",
                 "integrations":{"All":true},"_metadata":{"x":1},"context":{"ip":"127.0.0.1","sessionId":17},
                 "properties":{"revenue":12.34,"product_id":"p1", "tags":["a","}"]}}""");
        assertThat(event.id()).isEqualTo(EventId.of("ajs-7"));
        assertThat(event.type()).isEqualTo("Order Completed");
        assertThat(event.userId()).isEqualTo("u1");
        assertThat(event.sessionId()).isEqualTo("17");
        assertThat(event.productId()).isEqualTo("p1");
        assertThat(event.orderAmount()).isEqualTo(new Amount(12_340_000));
        // Its sender's clock is a minute behind.
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-01-01T11:01:00.500Z"));
        assertThat(event.properties())
                .hasToString("{\"anonymousId\":\"a1\",\"context\":{\"ip\":\"127.0.0.1\",\"sessionId\":17},"
                        + "\"revenue\":12.34,\"product_id\":\"p1\", \"tags\":[\"a\",\"}\"]}");
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "TRACK")
    void otherKindsAreTheirOwnTypes(Kind kind) {
        Event event = event(kind, """
                {"anonymousId":"a1","userId":null,"name":"Home","traits":{"email":"e"},"properties":{"path":"/"}}""");
        assertThat(event.type()).isEqualTo(kind.name().toLowerCase(Locale.ROOT));
        assertThat(event.userId()).isEqualTo("a1");
        assertThat(event.id()).isNull();
        assertThat(event.timestamp()).isNull();
        boolean who = kind == Kind.IDENTIFY || kind == Kind.GROUP;
        assertThat(properties(event).toTextMap())
                .containsEntry("name", "Home")
                .containsEntry("anonymousId", "a1")
                .containsEntry(who ? "email" : "path", who ? "e" : "/")
                .containsKey(who ? "properties" : "traits");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, ",
        "{\"revenue\":1}, 1000000",
        "{\"revenue\":\"2.5\"}, 2500000",
        "'{\"revenue\":1,\"total\":2}', 1000000",
        "{\"total\":2}, 2000000",
        "{\"revenue\":0.30000000000000004}, 300000",
        "{\"revenue\":-1.0000005}, -1000000",
        "{\"revenue\":1e999999999}, ",
        "{\"revenue\":1e-999999999}, 0",
        "{\"revenue\":\"much\"}, ",
        "{\"revenue\":{\"a\":1}}, ",
        "{\"revenue\":1000000000000}, ",
        "{\"revenue\":999999999999.9999999}, "
    })
    void revenueIsTheAmountWhereItIsOne(String properties, @Nullable Long micros) {
        Event event = event(Kind.TRACK, "{\"event\":\"a\",\"properties\":" + properties + "}");
        assertThat(event.orderAmount()).isEqualTo(micros == null ? null : new Amount(micros));
        assertThat(event.properties()).hasToString(properties);
    }

    @Test
    void ownPropertiesCountWhereNamesAreTheSame() {
        assertThat(properties(event(Kind.PAGE, "{\"name\":\"a\",\"properties\":{\"name\":\"b\"}}"))
                        .toTextMap())
                .containsExactlyEntriesOf(Map.of("name", "b"));
    }

    @Test
    void tooLongIdentifierIsAPropertyAlone() {
        String most = "x".repeat(EventLimits.IDENTIFIER_BYTES_MAX);
        assertThat(product(most)).isEqualTo(most);
        assertThat(product(most + "x")).isEmpty();
    }

    private static String product(String id) {
        return event(Kind.TRACK, "{\"event\":\"a\",\"properties\":{\"product_id\":\"" + id + "\"}}")
                .productId();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                               | EVENT_TYPE_MISSING",
                "{\"event\":\"a\",\"event\":\"b\"}                  | DUPLICATE_FIELD",
                "{\"event\":\"a\",\"timestamp\":\"noon\"}           | TIMESTAMP_INVALID",
                "{\"event\":\"a\",\"properties\":[1]}               | PROPERTIES_INVALID",
                "{\"event\":\"a\",\"name\":\"\\ud800\"}             | PROPERTIES_INVALID",
                "[]                                               | NOT_AN_OBJECT"
            })
    void rejects(String json, Code code) {
        ParsedEvent only = ((ParsedBody.Events) SegmentJson.parse(json.getBytes(UTF_8), Kind.TRACK, NOW))
                .events()
                .getFirst();
        assertThat(only)
                .isInstanceOfSatisfying(
                        InvalidEvent.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(code));
    }

    @Test
    void bodyThatIsNoJsonIsNoMessage() {
        assertThat(SegmentJson.parse("{".getBytes(UTF_8), Kind.TRACK, NOW)).isInstanceOf(ParsedBody.Unreadable.class);
        assertThat(SegmentJson.parse(new byte[] {'"', -1, '"'}, Kind.TRACK, NOW))
                .isInstanceOf(ParsedBody.Unreadable.class);
    }

    @Test
    void timesOfABatchAreSetRightWhereverItSaysWhenItWasSent() {
        for (String body : List.of(
                "{\"sentAt\":\"2026-01-01T13:00:00Z\",\"batch\":[%s]}",
                "{\"batch\":[%s],\"sentAt\":\"2026-01-01T13:00:00Z\"}")) {
            List<ParsedEvent> events = batch(body.formatted("""
                    {"type":"track","event":"a","timestamp":"2026-01-01T12:59:58Z"},
                    {"type":"track","event":"a","timestamp":"2026-01-01T12:59:58Z","sentAt":"2026-01-01T12:59:59Z"},
                    {"type":"page"},
                    {"type":"track","event":"a","timestamp":"1970-01-01T00:00:00Z"}"""));
            assertThat(((Event) events.get(0)).timestamp()).isEqualTo(NOW.minusSeconds(2));
            assertThat(((Event) events.get(1)).timestamp()).isEqualTo(NOW.minusSeconds(1));
            assertThat(((Event) events.get(2)).timestamp()).isNull();
            assertThat(((InvalidEvent) events.get(3)).code()).isEqualTo(Code.TIMESTAMP_OUT_OF_RANGE);
        }
    }

    @Test
    void wrongMessageOfABatchSpoilsOnlyItself() {
        List<ParsedEvent> events = batch("""
                {"batch":[{"type":"track","event":"a"},{"type":"nonsense","context":{"a":[{}]}},7,{"type":"page"}],
                 "context":{"library":{"name":"x"}},"integrations":{},"writeKey":"k"}""");
        assertThat(events).hasSize(4);
        assertThat(((InvalidEvent) events.get(1)).code()).isEqualTo(Code.EVENT_TYPE_INVALID);
        assertThat(((InvalidEvent) events.get(2)).code()).isEqualTo(Code.NOT_AN_OBJECT);
        assertThat(((Event) events.get(3)).type()).isEqualTo("page");
    }

    @Test
    void contextOfABatchIsThatOfMessagesWithoutOne() {
        for (String body :
                List.of("{\"context\":{\"a\":1},\"batch\":[%s]}", "{\"batch\":[%s],\"context\":{\"a\":1}}")) {
            List<ParsedEvent> events =
                    batch(body.formatted("{\"type\":\"page\"},{\"type\":\"page\",\"context\":{\"b\":2}}"));
            assertThat(((Event) events.get(0)).properties()).hasToString("{\"context\":{\"a\":1}}");
            assertThat(((Event) events.get(1)).properties()).hasToString("{\"context\":{\"b\":2}}");
        }
    }

    @Test
    void batchHasALimit() {
        String most = "{\"type\":\"page\"}" + ",{\"type\":\"page\"}".repeat(EVENTS_MAX - 1);
        assertThat(batch("{\"batch\":[" + most + "]}")).hasSize(EVENTS_MAX);
        assertThat(parseBatch("{\"batch\":[" + most + ",{\"type\":\"page\"}]}"))
                .isEqualTo(new ParsedBody.TooManyEvents(EVENTS_MAX));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "{}", "{\"batch\":7}", "{\"batch\":[]", "{\"batch\":[{]}", "{\"batch\":[]}x", "''"})
    void whatIsNoBatchCannotBeRead(String body) {
        assertThat(parseBatch(body)).isInstanceOf(ParsedBody.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"batch\":[{\"writeKey\":\"no\"}],\"writeKey\":\"yes\"} | yes",
                "{\"writeKey\":\"yes\",                                | yes",
                "{\"writeKey\":7}                                     | ",
                "{\"a\":1}                                            | ",
                "[\"writeKey\"]                                        | ",
                "{\"a\"                                               | "
            })
    void writeKeyIsFoundInTheBody(String body, @Nullable String key) {
        assertThat(SegmentJson.writeKey(body.getBytes(UTF_8))).isEqualTo(Optional.ofNullable(key));
    }

    private static Event event(Kind kind, String json) {
        return (Event) ((ParsedBody.Events) SegmentJson.parse(json.getBytes(UTF_8), kind, NOW))
                .events()
                .getFirst();
    }

    private static EventProperties properties(Event event) {
        return Objects.requireNonNull(event.properties());
    }

    private static List<ParsedEvent> batch(String json) {
        return ((ParsedBody.Events) parseBatch(json)).events();
    }

    private static ParsedBody parseBatch(String json) {
        return SegmentJson.parseBatch(json.getBytes(UTF_8), EVENTS_MAX, NOW);
    }
}
