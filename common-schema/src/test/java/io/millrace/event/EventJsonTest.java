package io.millrace.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.InvalidEvent.Code;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final int EVENTS_MAX = 3;

    @Test
    void readsEveryField() {
        Event event = event("""
                {"event_id":"F9D7AB84-8C9B-5112-ADD2-FEDA21B7F251","event_type":"order","timestamp":"2001-01-01T00:47:00Z",
                 "user_id":"u1","session_id":"s1","product_id":"p1","order_amount":12.50,"properties":{"a": [1, 2]}}""");
        assertThat(event.id()).hasToString("f9d7ab84-8c9b-5112-add2-feda21b7f251");
        assertThat(event.type()).isEqualTo("order");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2001-01-01T00:47:00Z"));
        assertThat(event.userId()).isEqualTo("u1");
        assertThat(event.sessionId()).isEqualTo("s1");
        assertThat(event.productId()).isEqualTo("p1");
        assertThat(event.orderAmount()).isEqualTo(new Amount(12_500_000));
        assertThat(event.properties()).hasToString("{\"a\": [1, 2]}");
        assertThat(event.weight()).isEqualTo(1);
    }

    @Test
    void namesOfMembersAreNotRemembered() {
        long before = bytesHeld();
        for (int i = 0; i < 40; i++) {
            String name = i + "n".repeat(1 << 20);
            ParsedBody body = EventJson.parseBody(
                    ("{\"event_type\":\"a\",\"properties\":{\"" + name + "\":1}}").getBytes(UTF_8), EVENTS_MAX);
            assertThat(events(body)).hasSize(1);
        }
        assertThat(bytesHeld() - before).isLessThan(20 << 20);
    }

    private static long bytesHeld() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void takesNullAsAbsent() {
        assertThat(event("""
                {"event_type":"a","event_id":null,"timestamp":null,"user_id":null,"order_amount":null,"properties":null}""")).isEqualTo(Event.ofType("a"));
    }

    @Test
    void keepsPropertiesOfLinesToTheByte() {
        ParsedBody body = EventJson.parseLines("""
                {"event_type":"ä","properties":{"k":"é"}}
                {"properties":{ "k" : {"n":[1,"}"]} },"event_type":"b"}""".getBytes(UTF_8), EVENTS_MAX);
        assertThat(events(body)).hasSize(2);
        assertThat(((Event) events(body).get(0)).properties()).hasToString("{\"k\":\"é\"}");
        assertThat(((Event) events(body).get(1)).properties()).hasToString("{ \"k\" : {\"n\":[1,\"}\"]} }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                          | MALFORMED_JSON",
                "{\"event_type\":\"a\"                       | MALFORMED_JSON",
                "{\"event_type\":\"a\"} x                    | MALFORMED_JSON",
                "{\"event_type\":\"a\",}                     | MALFORMED_JSON",
                "[]                                          | NOT_AN_OBJECT",
                "\"a\"                                       | NOT_AN_OBJECT",
                "{}                                          | EVENT_TYPE_MISSING",
                "{\"event_type\":\"\"}                       | EVENT_TYPE_MISSING",
                "{\"event_type\":7}                          | EVENT_TYPE_INVALID",
                "{\"event_type\":\"a\\u0000\"}               | EVENT_TYPE_INVALID",
                "{\"event_type\":\"a\\ud800\"}               | EVENT_TYPE_INVALID",
                "{\"eventType\":\"a\"}                       | UNKNOWN_FIELD",
                "{\"event_type\":\"a\",\"event_type\":\"b\"} | DUPLICATE_FIELD",
                "{\"event_type\":\"a\",\"event_id\":\"\"}    | EVENT_ID_INVALID",
                "{\"event_type\":\"a\",\"event_id\":7}       | EVENT_ID_INVALID",
                "{\"event_type\":\"a\",\"timestamp\":\"yesterday\"}            | TIMESTAMP_INVALID",
                "{\"event_type\":\"a\",\"timestamp\":1.5}                      | TIMESTAMP_INVALID",
                "{\"event_type\":\"a\",\"timestamp\":true}                     | TIMESTAMP_INVALID",
                "{\"event_type\":\"a\",\"timestamp\":-1}                       | TIMESTAMP_OUT_OF_RANGE",
                "{\"event_type\":\"a\",\"timestamp\":99999999999999999999}     | TIMESTAMP_OUT_OF_RANGE",
                "{\"event_type\":\"a\",\"timestamp\":\"1969-12-31T23:59:59Z\"} | TIMESTAMP_OUT_OF_RANGE",
                "{\"event_type\":\"a\",\"user_id\":1}                          | USER_ID_INVALID",
                "{\"event_type\":\"a\",\"session_id\":{}}                      | SESSION_ID_INVALID",
                "{\"event_type\":\"a\",\"product_id\":[]}                      | PRODUCT_ID_INVALID",
                "{\"event_type\":\"a\",\"order_amount\":\"12\"}                | ORDER_AMOUNT_INVALID",
                "{\"event_type\":\"a\",\"order_amount\":0.0000001}             | ORDER_AMOUNT_INVALID",
                "{\"event_type\":\"a\",\"order_amount\":1e12}                  | ORDER_AMOUNT_INVALID",
                "{\"event_type\":\"a\",\"order_amount\":1e999999999}           | ORDER_AMOUNT_INVALID",
                "{\"event_type\":\"a\",\"properties\":[]}                      | PROPERTIES_INVALID",
                "{\"event_type\":\"a\",\"properties\":{\"k\":\"\\ud800\"}}     | PROPERTIES_INVALID",
            })
    void saysWhatIsWrong(String json, Code code) {
        assertThat(((InvalidEvent) EventJson.parse(json.getBytes(UTF_8))).code())
                .isEqualTo(code);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] latin1 = "{\"event_type\":\"\u00e4\"}".getBytes(ISO_8859_1);
        byte[] utf16 = "{\"event_type\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        assertThat(((InvalidEvent) EventJson.parse(latin1)).code()).isEqualTo(Code.INVALID_UTF8);
        assertThat(((InvalidEvent) EventJson.parse(utf16)).code()).isEqualTo(Code.INVALID_UTF8);
    }

    @Test
    void brokenLineSpoilsOnlyItself() {
        List<ParsedEvent> events = events(EventJson.parseLines("""
                {"event_type":"a"}

                {"event_type":
                {"event_type":"b"}""".getBytes(UTF_8), EVENTS_MAX));
        assertThat(events).hasSize(3);
        assertThat(((InvalidEvent) events.get(1)).code()).isEqualTo(Code.MALFORMED_JSON);
        assertThat(events.get(2)).isEqualTo(Event.ofType("b"));
    }

    @Test
    void lineThatIsNotUtf8SpoilsOnlyItself() {
        List<ParsedEvent> events = events(EventJson.parseLines("""
                {"event_type":"\u00e4"}
                {"event_type":"b"}
                {"event_type":"\u00e4"}""".getBytes(ISO_8859_1), EVENTS_MAX));
        assertThat(events).containsExactly(JsonEvents.NOT_UTF8, Event.ofType("b"), JsonEvents.NOT_UTF8);
    }

    @Test
    void invalidElementSpoilsOnlyItself() {
        List<ParsedEvent> events = events(EventJson.parseBody("""
                [{"event_type":"a","x":{"deep":[{}]},"y":1}, 7, {"event_type":"b"}]""".getBytes(UTF_8), EVENTS_MAX));
        assertThat(((InvalidEvent) events.get(0)).code()).isEqualTo(Code.UNKNOWN_FIELD);
        assertThat(((InvalidEvent) events.get(1)).code()).isEqualTo(Code.NOT_AN_OBJECT);
        assertThat(events.get(2)).isEqualTo(Event.ofType("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"event_type\":\"a\"}", "[{\"event_type\":\"a\"},]", "[{\"x\":1", "[] []"})
    void brokenArrayIsUnreadable(String json) {
        assertThat(EventJson.parseBody(json.getBytes(UTF_8), EVENTS_MAX)).isInstanceOf(ParsedBody.Unreadable.class);
    }

    @Test
    void takesTheMostEventsAndNotOneMore() {
        String three = "{\"event_type\":\"a\"}\n".repeat(EVENTS_MAX);
        assertThat(events(EventJson.parseLines(three.getBytes(UTF_8), EVENTS_MAX)))
                .hasSize(EVENTS_MAX);
        assertThat(EventJson.parseLines((three + "{}").getBytes(UTF_8), EVENTS_MAX))
                .isEqualTo(new ParsedBody.TooManyEvents(EVENTS_MAX));
        assertThat(EventJson.parseBody("[{},{},{},{}]".getBytes(UTF_8), EVENTS_MAX))
                .isEqualTo(new ParsedBody.TooManyEvents(EVENTS_MAX));
    }

    @Test
    void nestsToTheLimitAndNotDeeper() {
        assertThat(nested(EventLimits.NESTING_MAX)).isInstanceOf(Event.class);
        assertThat(((InvalidEvent) nested(EventLimits.NESTING_MAX + 1)).code()).isEqualTo(Code.NESTING_TOO_DEEP);
        assertThat(((InvalidEvent) nested(100_000)).code()).isEqualTo(Code.NESTING_TOO_DEEP);
    }

    /** An event with this many levels in all, itself included. */
    private static ParsedEvent nested(int levels) {
        String deep = "[".repeat(levels - 2) + "]".repeat(levels - 2);
        return EventJson.parse(("{\"event_type\":\"a\",\"properties\":{\"k\":" + deep + "}}").getBytes(UTF_8));
    }

    @Test
    void takesTheLargestEventAndNotOneByteMore() {
        assertThat(sized(EventLimits.EVENT_BYTES_MAX)).isInstanceOf(Event.class);
        assertThat(((InvalidEvent) sized(EventLimits.EVENT_BYTES_MAX + 1)).code())
                .isEqualTo(Code.EVENT_TOO_LARGE);
    }

    private static ParsedEvent sized(int bytes) {
        String frame = "{\"event_type\":\"a\",\"properties\":{\"k\":\"\"}}";
        String json = frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
        assertThat(json).hasSize(bytes);
        return EventJson.parse(json.getBytes(UTF_8));
    }

    @Test
    void neverRepeatsTheInputInTheDetail() {
        InvalidEvent invalid = (InvalidEvent) EventJson.parse("{\"event_type\":secret}".getBytes(UTF_8));
        assertThat(invalid.detail()).doesNotContain("secret");
    }

    @Test
    void writesWhatItReads() {
        RandomEvents random = new RandomEvents(7);
        for (int i = 0; i < 2_000; i++) {
            Event event = random.next();
            assertThat(EventJson.parse(EventJson.write(event))).isEqualTo(event);
        }
    }

    private static Event event(String json) {
        return (Event) EventJson.parse(json.getBytes(UTF_8));
    }

    private static List<ParsedEvent> events(ParsedBody body) {
        return ((ParsedBody.Events) body).events();
    }
}
