package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.event.InvalidEvent.Code;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPropertiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"DTW\"           | DTW",
                "\"\"              | ''",
                "66                | 66",
                "1.50              | 1.50",
                "-5                | -5",
                "true              | true",
                "null              | null",
                "\"66\"            | \"66\"",
                "\"1e5\"           | \"1e5\"",
                "\"true\"          | \"true\"",
                "\"null\"          | \"null\"",
                "\"truer\"         | truer",
                "\"2001-01-01\"    | 2001-01-01",
                "\"007\"           | 007",
                "\"-\"             | -",
                "\"{x\"            | \"{x\"",
                "\"[\"             | \"[\"",
                "\"\\\"q\"         | \"\\\"q\"",
                "{\"a\": [1,\"}\"]} | {\"a\": [1,\"}\"]}",
                "[ ]               | [ ]",
                "\"\\u00e9\"       | é",
            })
    void valueReadsAsTextAndBack(String json, String text) {
        Map<String, String> texts = EventProperties.of("{\"k\":" + json + "}").toTextMap();
        assertThat(texts).containsExactly(Map.entry("k", text));
        Map<String, String> again =
                EventProperties.of(PropertyText.toJson(texts)).toTextMap();
        assertThat(again).isEqualTo(texts);
    }

    @Test
    void keepsOrderAndTheLastOfEqualKeys() {
        assertThat(EventProperties.of("{\"b\":1,\"a\":2,\"b\":3,\"\":4}").toTextMap())
                .containsExactly(Map.entry("b", "3"), Map.entry("a", "2"), Map.entry("", "4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{}{}",
                "{\"a\":}",
                "{\"a\":\"\\udc00\"}",
                "{\"\\ud800\":1}",
                "{'a':1}",
                "{\"a\":NaN}"
            })
    void refusesWhatIsNotOneObject(String json) {
        assertThatThrownBy(() -> EventProperties.of(json)).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void refusesHalfOfASurrogatePairWhereverItStands() {
        assertThatThrownBy(() -> EventProperties.of("{\"a\":\"" + '\uD83D' + "\"}"))
                .isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> EventProperties.of("{\"a\":{\"" + '\uDE00' + "\":1}}"))
                .isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> EventProperties.of("{\"a\":{\"\\uDE00\":1}}"))
                .isInstanceOf(InvalidEventException.class);
        assertThat(EventProperties.of("{\"a\":\"\uD83D\uDE00\"}").toTextMap()).containsEntry("a", "\uD83D\uDE00");
    }

    @Test
    void takesTheMostKeysAndNotOneMore() {
        assertThat(EventProperties.of(keys(EventLimits.PROPERTY_KEYS_MAX)).toTextMap())
                .hasSize(EventLimits.PROPERTY_KEYS_MAX);
        assertThat(refusal(keys(EventLimits.PROPERTY_KEYS_MAX + 1))).isEqualTo(Code.TOO_MANY_KEYS);
    }

    @Test
    void takesTheLongestKeyAndNotOneByteMore() {
        String longest = "k".repeat(EventLimits.PROPERTY_KEY_BYTES_MAX);
        assertThat(EventProperties.of("{\"" + longest + "\":1}").toTextMap()).containsKey(longest);
        assertThat(refusal("{\"" + longest + "k\":1}")).isEqualTo(Code.KEY_TOO_LONG);
    }

    @Test
    void shapeTellsTheLargestOfEachPart() {
        assertThat(EventProperties.of("{}").shape()).isEqualTo(new EventProperties.Shape(2, 0, 0, 0));
        assertThat(EventProperties.of("{\"é\":[{\"longer key\":\"\\u00e9x\"}],\"b\":\"y\"}")
                        .shape())
                .isEqualTo(new EventProperties.Shape(4, 2, 2, 3));
    }

    private static Code refusal(String json) {
        return catchThrowableOfType(InvalidEventException.class, () -> EventProperties.of(json))
                .problem()
                .code();
    }

    private static String keys(int count) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"k")
                    .append(i)
                    .append("\":{\"inner\":")
                    .append(i)
                    .append('}');
        }
        return json.append('}').toString();
    }
}
