package io.millrace.prove.asking;

import io.millrace.prove.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;

/**
 * Waits until nothing is left of what was broken: every partition's tail is held by an instance that is up to date, several
 * times in a row.
 */
public final class Steadiness {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
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

    /** Whether each instance is up to date in all partitions, which several can only be if they ask one another. */
    public boolean isEachUpToDate() throws InterruptedException {
        for (Instance instance : instances) {
            Asked asked = instance.ask(0, ALL);
            if (!asked.isAnswered() || !Answer.parse(asked.body()).isUpToDate()) {
                return false;
            }
        }
        return true;
    }

    /** Partitions that one instance lacks may be another's; nothing else may be the matter. */
    private boolean isSteady() throws InterruptedException {
        BitSet lackingEverywhere = new BitSet();
        for (int i = 0; i < instances.size(); i++) {
            Asked asked = instances.get(i).ask(0, ALL);
            if (!asked.isAnswered()) {
                return false;
            }
            BitSet lacking = new BitSet();
            for (Answer.NotLive partition : Answer.parse(asked.body()).notLive()) {
                if (!partition.reason().equals("partition_missing")) {
                    return false;
                }
                lacking.set(partition.partition());
            }
            if (i == 0) {
                lackingEverywhere = lacking;
            } else {
                lackingEverywhere.and(lacking);
            }
        }
        return lackingEverywhere.isEmpty();
    }

    /** Whether every instance's answer goes as far as these ends of the log. */
    public boolean reaches(List<Long> ends) throws InterruptedException {
        for (Instance instance : instances) {
            Asked asked = instance.ask(0, ALL);
            if (!asked.isAnswered()) {
                return false;
            }
            Answer answer = Answer.parse(asked.body());
            for (int partition = 0; partition < ends.size(); partition++) {
                if (answer.position().nextOffsets().getOrDefault(partition, 0L) < ends.get(partition)) {
                    return false;
                }
            }
        }
        return true;
    }
}
