package io.millrace.ingestion.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.ingestion.rules.EventRule.Requirement;
import org.junit.jupiter.api.Test;

class EventRuleTest {
    private static final Requirement ANYTHING = new Requirement("{}", OnMismatch.REJECT);

    @Test
    void ruleSaysOneThingOrTwoThatGoTogether() {
        assertThat(new EventRule("a", false, 2, ANYTHING).sampleOneIn()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> new EventRule("a", false, 1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventRule("a", true, 2, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventRule("a", true, 1, ANYTHING));
    }

    @Test
    void sampledEventStandsForAMillionAtMost() {
        assertThat(new EventRule("a", false, 1_000_000, null).sampleOneIn()).isEqualTo(1_000_000);
        assertThatIllegalArgumentException().isThrownBy(() -> new EventRule("a", false, 1_000_001, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventRule("a", false, 0, ANYTHING));
    }

    @Test
    void eventTypeIsOneThatThereCanBe() {
        assertThat(new EventRule("\uD83D\uDE00".repeat(128), true, 1, null).drop())
                .isTrue();
        for (String type : new String[] {"", "a\u0000", "x".repeat(129)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new EventRule(type, true, 1, null));
        }
    }

    @Test
    void schemaIsAtMost64Kibibytes() {
        String largest = "{\"title\":\"" + "x".repeat(EventRule.SCHEMA_BYTES_MAX - 12) + "\"}";
        assertThat(new Requirement(largest, OnMismatch.REJECT).schema()).hasSize(64 * 1024);
        assertThatIllegalArgumentException().isThrownBy(() -> new Requirement(largest + " ", OnMismatch.REJECT));
    }

    @Test
    void outcomesHaveNames() {
        assertThat(OnMismatch.of("dead_letter")).contains(OnMismatch.DEAD_LETTER);
        assertThat(OnMismatch.of("reject")).contains(OnMismatch.REJECT);
        assertThat(OnMismatch.of("REJECT")).isEmpty();
    }
}
