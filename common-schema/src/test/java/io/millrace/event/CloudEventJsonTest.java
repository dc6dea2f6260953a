package io.millrace.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.event.InvalidEvent.Code;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventJsonTest {
    private static final String REQUIRED =
            "\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/shop\",\"type\":\"order\"";

    @Test
    void attributesHaveTheirPlaces() {
        Event event = event("""
                {"specversion":"1.0","id":"A-7","source":"https://shop.example/eu","type":"com.example.order",
                 "time":"2026-01-01T12:00:00.123456Z","subject":"u1","sessionid":"s1","productid":"p1","orderamount":"12.50",
                 "datacontenttype":"application/json","dataschema":"urn:order:1","traceparent":"00-ab",
                 "data":{"size": 3, "tags":["a","}"]}}""");
        assertThat(event.id()).isEqualTo(EventId.of("https://shop.example/eu A-7"));
        assertThat(event.type()).isEqualTo("com.example.order");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-01-01T12:00:00.123Z"));
        assertThat(event.userId()).isEqualTo("u1");
        assertThat(event.sessionId()).isEqualTo("s1");
        assertThat(event.productId()).isEqualTo("p1");
        assertThat(event.orderAmount()).isEqualTo(new Amount(12_500_000));
        assertThat(event.properties())
                .hasToString("{\"size\": 3, \"tags\":[\"a\",\"}\"],\"ce_source\":\"https://shop.example/eu\","
                        + "\"ce_subject\":\"u1\",\"ce_datacontenttype\":\"application/json\","
                        + "\"ce_dataschema\":\"urn:order:1\",\"ce_traceparent\":\"00-ab\"}");
    }

    @Test
    void subjectIsTheUserUnlessAnAttributeNamesOne() {
        assertThat(with("\"subject\":\"file.jpg\",\"userid\":\"u2\"").userId()).isEqualTo("u2");
        assertThat(with("\"userid\":\"u2\"").userId()).isEqualTo("u2");
        assertThat(with("\"subject\":\"u1\"").userId()).isEqualTo("u1");
        assertThat(with("\"subject\":null").userId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"data\":{}                        | {\"ce_source\":\"/shop\"}",
                "\"data\":{ }                       | {\"ce_source\":\"/shop\"}",
                "\"data\":null                      | {\"ce_source\":\"/shop\"}",
                "\"data\":\"a \\\"b\\\"\"           | {\"data\":\"a \\\"b\\\"\",\"ce_source\":\"/shop\"}",
                "\"data\":[1,{\"a\":2}]             | {\"data\":[1,{\"a\":2}],\"ce_source\":\"/shop\"}",
                "\"data\":1.50                      | {\"data\":1.50,\"ce_source\":\"/shop\"}",
                "\"data\":true                      | {\"data\":true,\"ce_source\":\"/shop\"}",
                "\"data_base64\":\"AAE=\"           | {\"data_base64\":\"AAE=\",\"ce_source\":\"/shop\"}",
                "\"n\":5,\"b\":true                 | {\"ce_source\":\"/shop\",\"ce_n\":\"5\",\"ce_b\":\"true\"}"
            })
    void dataAndExtensionsAreProperties(String members, String properties) {
        assertThat(with(members).properties()).hasToString(properties);
    }

    @Test
    void sameIdOfAnotherSourceIsAnotherEvent() {
        EventId one = event("{" + REQUIRED + "}").id();
        assertThat(one).isEqualTo(event("{" + REQUIRED + ",\"data\":1}").id());
        assertThat(event("{" + REQUIRED.replace("/shop", "/bar") + "}").id()).isNotEqualTo(one);
        // Neither does it matter where the one ends and the other begins.
        assertThat(id("a", "b c")).isNotEqualTo(id("a", "bc"));
    }

    @Test
    void identityThatIsTooLongForAnIdIsAUuid() {
        int rest = EventLimits.EVENT_ID_BYTES_MAX - "/s ".length();
        assertThat(id("/s", "x".repeat(rest)).text()).hasSize(EventLimits.EVENT_ID_BYTES_MAX);
        EventId longer = id("/s", "x".repeat(rest + 1));
        assertThat(longer.text()).isEmpty();
        assertThat(longer.uuid().version()).isEqualTo(8);
        assertThat(longer).isNotEqualTo(id("/s", "x".repeat(rest + 2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                     | SPECVERSION_UNSUPPORTED",
                "{\"specversion\":\"0.3\",\"id\":\"7\",\"source\":\"/s\",\"type\":\"a\"}  | SPECVERSION_UNSUPPORTED",
                "{\"specversion\":\"1.0\",\"source\":\"/s\",\"type\":\"a\"}              | EVENT_ID_INVALID",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"type\":\"a\"}                   | EVENT_ID_INVALID",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/s\"}                | EVENT_TYPE_MISSING",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"id\":\"8\"}                     | DUPLICATE_FIELD",
                "{\"specversion\":{\"a\":1}}                                            | ATTRIBUTE_INVALID",
                "{\"specversion\":\"1.0\",\"data\":1,\"data_base64\":\"AA==\"}           | DUPLICATE_FIELD",
                "{\"specversion\":\"1.0\",\"data\":{\"a\":1                              | MALFORMED_JSON",
                "[]                                                                     | NOT_AN_OBJECT"
            })
    void rejects(String json, Code code) {
        assertThat(CloudEventJson.parse(json.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        InvalidEvent.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"time\":\"noon\"        | TIMESTAMP_INVALID",
                "\"orderamount\":\"much\" | ORDER_AMOUNT_INVALID",
                "\"data\":{\"a\":\"\\ud800\"} | PROPERTIES_INVALID"
            })
    void rejectsWhatNoEventMayHave(String members, Code code) {
        assertThat(CloudEventJson.parse(("{" + REQUIRED + "," + members + "}").getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        InvalidEvent.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(code));
    }

    @Test
    void wrongOneOfABatchSpoilsOnlyItself() {
        String batch = "[{" + REQUIRED + "},{\"specversion\":[[]],\"x\":{\"y\":[]}},{" + REQUIRED + "}]";
        List<ParsedEvent> events = ((ParsedBody.Events) CloudEventJson.parseBody(batch.getBytes(UTF_8), 3)).events();
        assertThat(events).hasSize(3);
        assertThat(events.get(1)).isInstanceOf(InvalidEvent.class);
        assertThat(events.get(2)).isEqualTo(events.get(0));
        assertThat(CloudEventJson.parseBody(batch.getBytes(UTF_8), 2)).isEqualTo(new ParsedBody.TooManyEvents(2));
    }

    @Test
    void whatIsPutTogetherFitsIntoAnEventInEitherForm() {
        String frame = "{" + REQUIRED + ",\"data\":{\"a\":\"\"}}";
        int most = EventLimits.PROPERTIES_BYTES_MAX
                - properties(event(frame)).json().getBytes(UTF_8).length;
        Event largest = event(frame.replace("\"\"", "\"" + "x".repeat(most) + "\""));
        assertThat(EventProtobuf.decode(EventProtobuf.encode(largest))).isEqualTo(largest);
        assertThat(CloudEventJson.parse(frame.replace("\"\"", "\"" + "x".repeat(most + 1) + "\"")
                        .getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        InvalidEvent.class,
                        invalid -> assertThat(invalid.code()).isEqualTo(Code.EVENT_TOO_LARGE));
    }

    @Test
    void dataOfATransportIsWhatItIsSaidToBe() {
        assertThat(properties("{\"a\": 1} ", "application/json; charset=utf-8"))
                .isEqualTo("{\"a\": 1,\"ce_source\":\"/s\"}");
        assertThat(properties("{\"a\":1}", null)).isEqualTo("{\"a\":1,\"ce_source\":\"/s\"}");
        assertThat(properties("[1]", "application/vnd.x+json")).isEqualTo("{\"data\":[1],\"ce_source\":\"/s\"}");
        assertThat(properties("a\n", "text/plain")).isEqualTo("{\"data\":\"a\\n\",\"ce_source\":\"/s\"}");
        assertThat(properties("a", "image/png")).isEqualTo("{\"data_base64\":\"YQ==\",\"ce_source\":\"/s\"}");
        assertThat(properties("", "application/json")).isEqualTo("{\"ce_source\":\"/s\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"a\":1', MALFORMED_JSON",
        "'{} {}', MALFORMED_JSON",
        "' ', MALFORMED_JSON",
        "'{\"a\":1}}', MALFORMED_JSON"
    })
    void dataThatIsNotWhatItIsSaidToBeIsRefused(String data, Code code) {
        CloudEvent event = required();
        assertThat(catchThrowableOfType(
                                InvalidEventException.class,
                                () -> event.setData(data.getBytes(UTF_8), "application/json"))
                        .problem()
                        .code())
                .isEqualTo(code);
    }

    private static String properties(String data, @Nullable String contentType) {
        CloudEvent event = required();
        event.setData(data.getBytes(UTF_8), contentType);
        return properties(event.toEvent()).json();
    }

    private static EventProperties properties(Event event) {
        return Objects.requireNonNull(event.properties());
    }

    private static CloudEvent required() {
        CloudEvent event = new CloudEvent();
        event.set("specversion", "1.0");
        event.set("id", "7");
        event.set("source", "/s");
        event.set("type", "a");
        return event;
    }

    private static EventId id(String source, String id) {
        return Objects.requireNonNull(
                event("{" + REQUIRED.replace("/shop", source).replace("\"7\"", "\"" + id + "\"") + "}")
                        .id());
    }

    private static Event with(String members) {
        return event("{" + REQUIRED + "," + members + "}");
    }

    private static Event event(String json) {
        return (Event) CloudEventJson.parse(json.getBytes(UTF_8));
    }
}
