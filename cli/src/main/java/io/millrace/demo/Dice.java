package io.millrace.demo;

/**
 * SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), written out because
 * the events of a seed must stay the same whatever the JDK's own generators become.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in {@code [0, bound)}, with a bias below {@code bound / 2^32}, which no test of ours can see. */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
