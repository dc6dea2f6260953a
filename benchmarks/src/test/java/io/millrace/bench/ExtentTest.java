package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.Extent.Option;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtentTest {
    private static final Set<Option> TAKEN = EnumSet.of(Option.LONG, Option.SHORT, Option.EVENTS, Option.SEED);

    @Test
    void optionsComeInAnyOrder() {
        Extent extent = parsed("--seed 7 --short --events 500000").orElseThrow();
        assertThat(extent.isShort()).isTrue();
        assertThat(extent.isThorough()).isFalse();
        assertThat(extent.seed()).isEqualTo(7);
        assertThat(extent.number(Option.EVENTS, 1)).isEqualTo(500_000);
    }

    @Test
    void withoutOptionsEverythingIsUsual() {
        Extent extent = Extent.parse(List.of(), TAKEN).orElseThrow();
        assertThat(extent.isShort()).isFalse();
        assertThat(extent.isThorough()).isFalse();
        assertThat(extent.seed()).isEqualTo(Extent.SEED);
        assertThat(extent.number(Option.EVENTS, 3)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--events",
                "--events 0",
                "--events -1",
                "--events 1000000000",
                "--events many",
                "--short --short",
                "--short --long",
                "--probes 3",
                "--other",
                "3"
            })
    void whatCannotBeMeantIsNotGuessed(String words) {
        assertThat(parsed(words)).isEmpty();
    }

    @Test
    void largestNumberIsTaken() {
        assertThat(parsed("--events 999999999").orElseThrow().number(Option.EVENTS, 1))
                .isEqualTo(999_999_999);
    }

    @Test
    void usageNamesWhatIsTaken() {
        assertThat(Extent.usage(TAKEN)).isEqualTo("[--long] [--short] [--events N] [--seed N]");
    }

    private static Optional<Extent> parsed(String words) {
        return Extent.parse(List.of(words.split(" ", -1)), TAKEN);
    }
}
