package io.millrace.prove.door;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Every way to spoil a request that there is. */
final class AllSpoiling {
    private static final List<Spoiling> ALL = Stream.of(
                    SpoiltBodies.ALL, SpoiltPacking.ALL, SpoiltFields.ALL, SpoiltFrames.ALL, SpoiltPixels.ALL)
            .flatMap(List::stream)
            .toList();
    private static final int WEIGHTS = ALL.stream().mapToInt(Spoiling::weight).sum();

    private AllSpoiling() {}

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
