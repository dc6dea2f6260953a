package io.millrace.prove.traffic;

import java.util.SplittableRandom;

/**
 * What all random choices of a run come from.
 *
 * @param value printed, and given again to have the same plan again
 */
public record Seed(long value) {

    /** A source of its own for each purpose, so that one purpose's drawing more does not shift the choices of another. */
    public SplittableRandom random(String purpose) {
        long mixed = value;
        for (int i = 0; i < purpose.length(); i++) {
            mixed = mixed * 0x9E37_79B9_7F4A_7C15L + purpose.charAt(i);
        }
        return new SplittableRandom(mixed);
    }

    /** One of many sources of a purpose. Their own seeds are drawn: those that lie near one another give the same numbers. */
    public SplittableRandom random(String purpose, long number) {
        long drawn = new SplittableRandom(random(purpose).nextLong() + number).nextLong();
        return new SplittableRandom(drawn);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
