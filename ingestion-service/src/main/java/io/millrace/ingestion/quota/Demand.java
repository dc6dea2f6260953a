package io.millrace.ingestion.quota;

/**
 * How much is asked for a second: an average over the last few seconds in which what was long ago weighs less and less.
 * Not for more than one thread.
 */
final class Demand {
    private static final double NANOS = 1e9;

    /**
     * After so long, something weighs a third. Long enough that a batch every second is a steady demand, short enough that
     * what ends is soon forgotten.
     */
    private static final double MEMORY_SECONDS = 2;

    private double perSecond;
    private long countedNanos;

    Demand(long nowNanos) {
        this.countedNanos = nowNanos;
    }

    /**
     * So much was asked for.
     *
     * @param most above which it does not matter how much it is
     */
    void add(double amount, double most, long nowNanos) {
        perSecond = Math.min(most, at(nowNanos) + amount / MEMORY_SECONDS);
    }

    /** More would have been asked for, if there had been hope. */
    void atLeast(double rate, long nowNanos) {
        perSecond = Math.max(at(nowNanos), rate);
    }

    double at(long nowNanos) {
        long elapsed = nowNanos - countedNanos;
        if (elapsed > 0) {
            perSecond *= Math.exp(-elapsed / NANOS / MEMORY_SECONDS);
            countedNanos = nowNanos;
        }
        return perSecond;
    }
}
