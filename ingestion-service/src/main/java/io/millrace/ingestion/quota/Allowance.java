package io.millrace.ingestion.quota;

import io.millrace.kit.http.RateLimit;
import java.time.Duration;

/** How much of one resource a tenant may use here: this instance's share of its quota. Not for more than one thread. */
final class Allowance {
    /** Who was refused asks for so much more. Else a client that waits as it is told to would never be noticed. */
    private static final double GROWTH = 2;

    /** What an instance asks for that nothing is known about yet, as a part of the quota. */
    private static final double EXPECTED = 0.1;

    /** What is asked for at least, so that a client that comes back finds something. */
    private static final double LEAST = 0.01;

    private final Bucket bucket;
    private final Demand demand;
    private double quota;
    private int burstSeconds;
    private double share;

    /**
     * One that is saved up in full.
     *
     * @param quota of all instances, a second
     * @param share of this instance, a second
     */
    Allowance(double quota, int burstSeconds, double share, long nowNanos) {
        this.quota = quota;
        this.burstSeconds = burstSeconds;
        this.share = share;
        this.bucket = new Bucket(share, share * burstSeconds, nowNanos);
        this.demand = new Demand(nowNanos);
    }

    double quota() {
        return quota;
    }

    boolean isOpen(long nowNanos) {
        return bucket.isOpen(nowNanos);
    }

    boolean isFull(long nowNanos) {
        return fill(nowNanos) >= 1;
    }

    /** {@return which part of what can be saved up is there; less than nothing is a debt} */
    double fill(long nowNanos) {
        return bucket.balance(nowNanos) / bucket.capacity();
    }

    Duration untilOpen(long nowNanos) {
        return bucket.untilOpen(nowNanos);
    }

    void take(double amount, long nowNanos) {
        demand.add(amount, quota, nowNanos);
        bucket.take(amount, nowNanos);
    }

    void refuse(long nowNanos) {
        demand.atLeast(Math.min(quota, GROWTH * share), nowNanos);
    }

    /** Somebody comes whom nobody has told the other instances about. */
    void expect(long nowNanos) {
        demand.atLeast(EXPECTED * quota, nowNanos);
    }

    /** {@return how much is asked for a second, as far as it matters} */
    double demand(long nowNanos) {
        return Math.max(demand.at(nowNanos), LEAST * quota);
    }

    void share(double newShare, long nowNanos) {
        share = newShare;
        bucket.change(share, share * burstSeconds, nowNanos);
    }

    /** The quota has changed; until the instances have talked about it, the share is the same part of it. */
    void quota(double newQuota, int newBurstSeconds, long nowNanos) {
        double newShare = share / quota * newQuota;
        quota = newQuota;
        burstSeconds = newBurstSeconds;
        share(newShare, nowNanos);
    }

    RateLimit limit(Resource resource, long nowNanos) {
        long remaining = (long) Math.max(0, bucket.balance(nowNanos));
        return new RateLimit(resource.text(), (long) quota, remaining, bucket.untilFull(nowNanos));
    }
}
