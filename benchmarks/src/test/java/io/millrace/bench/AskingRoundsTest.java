package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AskingRoundsTest {
    @Test
    void goalIsMetAtItsBound() {
        assertThat(AskingRounds.verdict("p95 ms", 5, 5, true)).isEqualTo("p95 ms at most 5: met");
        assertThat(AskingRounds.verdict("ratio", 0.4, 0.39, false)).isEqualTo("ratio at least 0.4: missed with 0.390");
        assertThat(AskingRounds.verdict("p95 ms", 5, 5.01, true)).isEqualTo("p95 ms at most 5: missed with 5.010");
        assertThat(AskingRounds.verdict("answers/s", 2_000, 2_000, false)).isEqualTo("answers/s at least 2000: met");
        assertThat(AskingRounds.verdict("answers/s", 2_000, 1_999, false))
                .isEqualTo("answers/s at least 2000: missed with 1999");
    }

    @Test
    void someOfManyAreFromBeginningToEnd() {
        List<Integer> many = IntStream.range(0, 1_000).boxed().toList();
        assertThat(AskingRounds.spread(many, 4)).containsExactly(0, 250, 500, 750);
        assertThat(AskingRounds.spread(many, 1_000)).isEqualTo(many);
        assertThat(AskingRounds.spread(many, 1_001)).isEqualTo(many);
        assertThat(AskingRounds.spread(List.of(), 4)).isEmpty();
    }
}
