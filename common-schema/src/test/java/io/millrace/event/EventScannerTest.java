package io.millrace.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside the reader that has the last word. */
class EventScannerTest {
    private static final int BODIES = 200_000;
    private static final int EVENTS_MAX = 3;

    @Test
    void whatIsScannedIsWhatTheReaderReads() {
        RandomBodies bodies = new RandomBodies(11);
        int valid = 0;
        int scanned = 0;
        for (int i = 0; i < BODIES; i++) {
            byte[] body = bodies.next();
            ParsedBody expected = JsonEvents.parseBody(body, EVENTS_MAX, EventJsonReader::read);
            List<ParsedEvent> events = EventScanner.body(body, EVENTS_MAX);
            valid += isValid(expected) ? 1 : 0;
            if (events != null) {
                scanned++;
                assertThat(new ParsedBody.Events(events))
                        .as(() -> new String(body, UTF_8))
                        .isEqualTo(expected);
            }
            assertThat(EventJson.parseBody(body, EVENTS_MAX))
                    .as(() -> new String(body, UTF_8))
                    .isEqualTo(expected);
            if (i % 8 == 0) {
                assertSameAsALine(body);
            }
        }
        // Both kinds of body were there, and being scanned is the rule among those whose events are all valid.
        assertThat(valid).isBetween(BODIES / 4, BODIES * 3 / 4);
        assertThat(scanned).isGreaterThan(valid * 3 / 4);
    }

    /** As one of several lines, which end before it does if it has several itself. */
    private static void assertSameAsALine(byte[] body) {
        String text = new String(body, ISO_8859_1);
        byte[] lines = ("{\"event_type\":\"a\"}\n" + text + "\r\n").getBytes(ISO_8859_1);
        List<ParsedEvent> expected = new ArrayList<>();
        int start = 0;
        for (String line : new String(lines, ISO_8859_1).split("\n", -1)) {
            if (!line.matches("[ \t\r]*")) {
                expected.add(JsonEvents.parse(lines, start, line.length(), EventJsonReader::read));
            }
            start += line.length() + 1;
        }
        assertThat(EventJson.parseLines(lines, Integer.MAX_VALUE))
                .as(() -> text)
                .isEqualTo(new ParsedBody.Events(expected));
    }

    private static boolean isValid(ParsedBody body) {
        return body instanceof ParsedBody.Events all && all.events().stream().allMatch(Event.class::isInstance);
    }

    @Test
    void onlyWhatStandsBetweenThePositionsIsRead() {
        byte[] lines = "{\"event_type\":\"a\"}\n{\"event_type\":\"b\"}\n".getBytes(UTF_8);
        assertThat(EventScanner.event(lines, 19, 37)).isEqualTo(Event.ofType("b"));
        assertThat(EventScanner.event(lines, 19, 36)).isNull();
        assertThat(EventScanner.event(lines, 0, 37)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                " { \"event_type\" : \"a\" } ",
                "[{\"event_type\":\"a\"},\n\t{\"event_type\":\"b\"}]\r\n",
                "{\"event_type\":\"Größe 日本語 😀\",\"user_id\":null,\"properties\":null}",
                "{\"event_type\":\"a\",\"timestamp\":1767268800123,\"order_amount\":-12.5e1}",
                "{\"properties\":{\"k\":\"\\n\"},\"event_type\":\"a\"}",
                "{\"event_type\":\"a\",\"properties\":{\"k\\n\":[\"\\u00e9\",{\"\":{}}],\"k\\n\":1}}"
            })
    void usualFormsAreScanned(String json) {
        assertThat(EventScanner.body(json.getBytes(UTF_8), EVENTS_MAX))
                .isEqualTo(((ParsedBody.Events) parsed(json, EVENTS_MAX)).events());
    }

    @Test
    void eventsUpToTheMostAreScanned() {
        String three = "[" + "{\"event_type\":\"a\"},".repeat(EVENTS_MAX - 1) + "{\"event_type\":\"a\"}]";
        assertThat(EventScanner.body(three.getBytes(UTF_8), EVENTS_MAX)).hasSize(EVENTS_MAX);
        assertThat(parsed(three, EVENTS_MAX - 1)).isEqualTo(new ParsedBody.TooManyEvents(EVENTS_MAX - 1));
    }

    private static ParsedBody parsed(String json, int eventsMax) {
        return EventJson.parseBody(json.getBytes(UTF_8), eventsMax);
    }

    @Test
    void stringsEndWhereTheyDoWhereverThatIs() {
        JsonScanner scanner = new JsonScanner();
        for (int length = 1; length <= 20; length++) {
            for (int place = 0; place < length; place++) {
                for (int value = 0; value < 256; value++) {
                    byte[] string = ("\"" + "a".repeat(length) + "\"").getBytes(UTF_8);
                    string[1 + place] = (byte) value;
                    scanner.begin(string, 0, string.length);
                    // Behind a backslash stands an a or the last quote.
                    boolean broken = value < ' ' || value == '\\';
                    assertThat(scanner.string())
                            .as("%d of %d is %d", place, length, value)
                            .isEqualTo(!broken);
                    if (!broken) {
                        assertThat(scanner.at()).isEqualTo(value == '"' ? place + 2 : length + 2);
                    }
                }
            }
        }
    }

    @Test
    void stringsThatDoNotEndAreNone() {
        JsonScanner scanner = new JsonScanner();
        IntStream.range(0, 20).forEach(length -> {
            scanner.begin(("\"" + "a".repeat(length) + "\"").getBytes(UTF_8), 0, length + 1);
            assertThat(scanner.string()).isFalse();
        });
    }
}
