package io.millrace.prove.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what a plan leaves to its seed: lengths of time, and the order of its faults. */
final class PlanDraw {
    private final SplittableRandom random;

    PlanDraw(SplittableRandom random) {
        this.random = random;
    }

    Duration below(int millis) {
        return between(0, millis);
    }

    Duration between(int millisMin, int millisMax) {
        return Duration.ofMillis(random.nextInt(millisMin, millisMax));
    }

    void shuffle(List<Fault> faults) {
        for (int i = faults.size() - 1; i > 0; i--) {
            faults.set(i, faults.set(random.nextInt(i + 1), faults.get(i)));
        }
    }

    /** The faults in their order, with pauses before each. */
    List<PlannedFault> numbered(List<Fault> faults, int pauseMillisMin, int pauseMillisMax) {
        List<PlannedFault> planned = new ArrayList<>();
        for (Fault fault : faults) {
            planned.add(new PlannedFault(planned.size() + 1, between(pauseMillisMin, pauseMillisMax), fault));
        }
        return planned;
    }
}
