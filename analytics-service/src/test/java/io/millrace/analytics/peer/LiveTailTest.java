package io.millrace.analytics.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveTailTest {
    /** While partitions move, two have the same, and it must not be counted twice. */
    @Test
    void partitionThatHasAnsweredHereIsNotAskedElsewhere() {
        Map<Integer, Long> offsets = Map.of(0, 10L, 1, 11L, 2, 12L, 3, 13L, 4, 14L);
        assertThat(LiveTail.others(offsets, Set.of(0, 1), Map.of(1, "a:1", 2, "a:1", 3, "b:1", 7, "b:1")))
                .isEqualTo(Map.of("a:1", Map.of(2, 12L), "b:1", Map.of(3, 13L)));
        assertThat(LiveTail.others(offsets, offsets.keySet(), Map.of(1, "a:1"))).isEmpty();
    }
}
