package io.millrace.prove.door;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A way to spoil a request.
 *
 * @param name for the report
 * @param weight how often it is chosen, in proportion to the others
 * @param way what it does
 */
record Spoiling(String name, int weight, Way way) {
    private static final List<Spoiling> ALL = Stream.of(
                    SpoiltBodies.ALL, SpoiltPacking.ALL, SpoiltFields.ALL, SpoiltFrames.ALL)
            .flatMap(List::stream)
            .toList();
    private static final int WEIGHTS = ALL.stream().mapToInt(Spoiling::weight).sum();

    /** Spoils a good request, by choices of its own. */
    @FunctionalInterface
    interface Way {
        Shot spoil(Draft draft, SplittableRandom random);
    }

    static List<String> names() {
        return ALL.stream().map(Spoiling::name).toList();
    }

    static Spoiling draw(SplittableRandom random) {
        int left = random.nextInt(WEIGHTS);
        for (Spoiling spoiling : ALL) {
            left -= spoiling.weight();
            if (left < 0) {
                return spoiling;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
