package io.millrace.consumer.block;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextDictionaryTest {
    @Test
    void sameTextHasTheSamePlaceInOrderOfAppearance() {
        Random random = new Random(1);
        TextDictionary dictionary = new TextDictionary();
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String text = "t".repeat(random.nextInt(12)) + random.nextInt(20_000);
            Integer place = expected.computeIfAbsent(text, _ -> expected.size());
            byte[] within = ("before" + text + "after").getBytes(UTF_8);
            assertThat(dictionary.place(within, 6, text.length())).isEqualTo(place);
        }
        assertThat(dictionary.size()).isEqualTo(expected.size());
    }

    @Test
    void textsOfZerosDifferByTheirLength() {
        TextDictionary dictionary = new TextDictionary();
        for (int length = 0; length < 40; length++) {
            assertThat(dictionary.place(new byte[40], 0, length)).isEqualTo(length);
        }
    }
}
