package io.millrace.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSlicesTest {
    private static final int MESSAGES = 400_000;

    private final EventSlices slices = new EventSlices();
    private final ProtobufSlices direct = new ProtobufSlices(slices);

    @Test
    void whatIsReadDirectlyIsWhatTheDecoderReads() {
        RandomMessages messages = new RandomMessages(7);
        int events = 0;
        int readDirectly = 0;
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = messages.next();
            ParsedEvent expected = EventProtobuf.decode(message);
            events += expected instanceof Event ? 1 : 0;
            if (direct.read(message)) {
                readDirectly++;
                assertSame(expected, message);
            }
            assertThat(slices.readProtobuf(message))
                    .isEqualTo(expected instanceof InvalidEvent invalid ? Optional.of(invalid) : Optional.empty());
            if (expected instanceof Event) {
                assertSame(expected, message);
            }
        }
        // Both kinds of message were there, and the direct way is the rule among those that are events.
        assertThat(events).isBetween(MESSAGES / 4, MESSAGES * 3 / 4);
        assertThat(readDirectly).isGreaterThan(events * 3 / 4);
    }

    @Test
    void whatWeWriteIsReadDirectly() {
        RandomEvents events = new RandomEvents(3);
        for (int i = 0; i < 10_000; i++) {
            Event event = events.next();
            assertThat(direct.read(EventProtobuf.encode(event))).isTrue();
            assertThat(slices.toEvent()).isEqualTo(event);
        }
    }

    @Test
    void jsonIsReadAsTheJsonCodecReadsIt() {
        RandomEvents events = new RandomEvents(4);
        for (int i = 0; i < 2_000; i++) {
            Event event = events.next();
            assertThat(slices.read(EventJson.parse(EventJson.write(event)))).isEmpty();
            assertThat(slices.toEvent()).isEqualTo(event);
        }
        assertThat(slices.read(EventJson.parse("{}".getBytes(UTF_8)))
                        .orElseThrow()
                        .code())
                .isEqualTo(InvalidEvent.Code.EVENT_TYPE_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\" : 1 , \"b\":\"x\"} ",
                "{\"a\":\"66\",\"b\":\"true\",\"c\":\"{\",\"d\":\"\"}",
                "{\"a\":1,\"b\":2,\"a\":{\"x\":[1, 2]}}",
                "{\"\\u0061\":\"\\t\\u20ac\",\"a\":null}",
                "{\"a\":\"\\ud83d\\ude00\",\"b\":\"\\u0031\"}"
            })
    void keysAndValuesAreThoseOfTheTextMap(String json) {
        Event event = new Event(null, "e", null, "", "", "", null, EventProperties.of(json), 1);
        assertThat(slices.readProtobuf(EventProtobuf.encode(event))).isEmpty();
        assertSame(event, new byte[0]);
    }

    private void assertSame(ParsedEvent expected, byte[] message) {
        assertThat(expected).as(() -> HexFormat.of().formatHex(message)).isInstanceOf(Event.class);
        Event event = (Event) expected;
        assertThat(slices.toEvent()).as(() -> HexFormat.of().formatHex(message)).isEqualTo(event);
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (int i = 0; i < slices.properties().size(); i++) {
            pairs.add(Map.entry(
                    slices.properties().key(i).toString(),
                    slices.properties().value(i).toString()));
        }
        Map<String, String> texts =
                event.properties() == null ? Map.of() : event.properties().toTextMap();
        assertThat(pairs).as(() -> HexFormat.of().formatHex(message)).isEqualTo(List.copyOf(texts.entrySet()));
    }
}
