package io.millrace.prove.asking;

import io.millrace.prove.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Waits until nothing is left of what was broken: every instance answers with the live tails of all partitions, several
 * times in a row.
 */
public final class Steadiness {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int TIMES_IN_A_ROW = 5;
    private static final long LOOK_EVERY_MILLIS = 300;
    /** All time: every partition is in its answer. */
    private static final Question ALL = new Question(
            Traffic.TENANTS.getFirst().name(),
            Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(),
            Instant.parse("2060-01-01T00:00:00Z").toEpochMilli(),
            List.of(),
            null);

    private final List<Instance> instances;

    public Steadiness(List<Instance> instances) {
        this.instances = List.copyOf(instances);
    }

    /** Waits. {@return whether it came about} */
    public boolean await() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        for (int times = 0; times < TIMES_IN_A_ROW; ) {
            if (System.nanoTime() > deadlineNanos) {
                return false;
            }
            times = isSteady() ? times + 1 : 0;
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return true;
    }

    /** How far a tail is behind is a matter of how busy the machine is; nothing else may be the matter. */
    private boolean isSteady() throws InterruptedException {
        for (Instance instance : instances) {
            Asked asked = instance.ask(0, ALL);
            if (!asked.isAnswered()
                    || !Answer.parse(asked.body()).notLive().stream()
                            .allMatch(partition -> partition.reason().equals("tail_behind"))) {
                return false;
            }
        }
        return true;
    }
}
