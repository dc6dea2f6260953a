package io.millrace.ingestion.quota;

import java.time.Duration;

/**
 * Tokens that come in at a steady rate and are saved up to a capacity. Whoever comes while there are any gets what it
 * needs, even more than there are; then nobody gets any until that is made up for. So a request of any size can pass, and
 * the rate holds over time. Not for more than one thread.
 */
final class Bucket {
    private static final double NANOS = 1e9;

    private double perSecond;
    private double capacity;
    private double balance;
    private long countedNanos;

    /** A full one. */
    Bucket(double perSecond, double capacity, long nowNanos) {
        this.perSecond = perSecond;
        this.capacity = capacity;
        this.balance = capacity;
        this.countedNanos = nowNanos;
    }

    /** From now on tokens come in at another rate. What is there stays, as far as there is room, and so does a debt. */
    void change(double newPerSecond, double newCapacity, long nowNanos) {
        refill(nowNanos);
        perSecond = newPerSecond;
        capacity = newCapacity;
        balance = Math.min(balance, capacity);
    }

    boolean isOpen(long nowNanos) {
        return balance(nowNanos) > 0;
    }

    void take(double tokens, long nowNanos) {
        refill(nowNanos);
        balance -= tokens;
    }

    /** {@return tokens; less than none is a debt} */
    double balance(long nowNanos) {
        refill(nowNanos);
        return balance;
    }

    double capacity() {
        return capacity;
    }

    /** {@return how long until somebody gets something; zero when that is now} */
    Duration untilOpen(long nowNanos) {
        return isOpen(nowNanos) ? Duration.ZERO : timeFor(-balance).plusNanos(1);
    }

    /** {@return how long until there are as many as can be saved up} */
    Duration untilFull(long nowNanos) {
        return timeFor(capacity - balance(nowNanos));
    }

    private Duration timeFor(double tokens) {
        return Duration.ofNanos((long) Math.ceil(tokens / perSecond * NANOS));
    }

    private void refill(long nowNanos) {
        long elapsed = nowNanos - countedNanos;
        if (elapsed > 0) {
            balance = Math.min(capacity, balance + perSecond * elapsed / NANOS);
            countedNanos = nowNanos;
        }
    }
}
