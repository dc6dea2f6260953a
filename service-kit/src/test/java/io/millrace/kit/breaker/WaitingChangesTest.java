package io.millrace.kit.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingChangesTest {
    private final Counter dropped = new SimpleMeterRegistry().counter("dropped");
    private final WaitingChanges waiting = new WaitingChanges(3, dropped);

    @Test
    void oldestAreDroppedBeyondTheMaximumAndCounted() {
        add(1, 2, 3);
        assertThat(dropped.count()).isZero();
        add(4, 5);
        assertThat(waiting.oldest(10)).extracting(WaitingChangesTest::number).containsExactly(3L, 4L, 5L);
        assertThat(waiting.size()).isEqualTo(3);
        assertThat(dropped.count()).isEqualTo(2);
    }

    @Test
    void whatIsWrittenIsTakenOutAndNothingElse() {
        add(1, 2, 3);
        List<StateChange> written = waiting.oldest(2);
        assertThat(written).extracting(WaitingChangesTest::number).containsExactly(1L, 2L);
        // Drops the first while it is being written.
        add(4);
        waiting.remove(written);
        assertThat(waiting.oldest(10)).extracting(WaitingChangesTest::number).containsExactly(3L, 4L);
    }

    private void add(int... seconds) {
        for (int second : seconds) {
            waiting.add(
                    new StateChange("kafka", BreakerState.CLOSED, BreakerState.OPEN, Instant.ofEpochSecond(second)));
        }
    }

    private static long number(StateChange change) {
        return change.at().getEpochSecond();
    }
}
