package io.millrace.bench.asking;

import java.util.Arrays;
import java.util.Collection;

/** How long each of many things took. Not for more than one thread. */
public final class Latencies {
    private static final int CAPACITY_MIN = 1_024;
    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[CAPACITY_MIN];
    private int size;

    /** Notes one. */
    public void add(long tookNanos) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = tookNanos;
    }

    /** All of several, in order of length. */
    public static Latencies sorted(Collection<Latencies> several) {
        Latencies all = new Latencies();
        all.nanos = several.stream()
                .flatMapToLong(one -> Arrays.stream(one.nanos, 0, one.size))
                .sorted()
                .toArray();
        all.size = all.nanos.length;
        return all;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /**
     * Of those that {@link #sorted} has put in order, the shortest that so large a share is not longer than.
     *
     * @param share over 0, at most 1
     */
    public double millis(double share) {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        int rank = Math.clamp((long) Math.ceil(share * size), 1, size);
        return nanos[rank - 1] / NANOS_PER_MILLI;
    }
}
