package io.millrace.cli.door;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket: events may go at so many a second. What may have gone is computed from the bucket's beginning each
 * time, in whole numbers, so that nothing is lost to rounding however long it runs. What was not used beyond the
 * burst is forfeited.
 */
public final class Pace {
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The largest rate for which one second's nanoseconds times the rate fit a long. */
    public static final long PER_SECOND_MAX = 1_000_000_000L;

    private final long perSecond;
    private final long burst;
    private final long startNanos;
    private long used;

    /**
     * Begins empty.
     *
     * @param perSecond events a second, up to {@value #PER_SECOND_MAX}
     * @param burst events that may go at once after a pause, at least 1
     * @param startNanos the time on the clock of {@link System#nanoTime()}
     */
    public Pace(long perSecond, long burst, long startNanos) {
        if (perSecond < 1 || perSecond > PER_SECOND_MAX || burst < 1) {
            throw new IllegalArgumentException("a rate is 1 to " + PER_SECOND_MAX + " a second, not " + perSecond);
        }
        this.perSecond = perSecond;
        this.burst = burst;
        this.startNanos = startNanos;
    }

    /** Events that may go now, at most the burst. */
    public long available(long nowNanos) {
        long granted = granted(nowNanos);
        used = Math.max(used, granted - burst);
        return granted - used;
    }

    /** Notes that so many have gone. Those that went beyond what was available are made up for later. */
    public void take(long events) {
        used += events;
    }

    /** Nanoseconds until so many events may go, 0 when they may now. */
    public long nanosUntil(long events, long nowNanos) {
        if (events > burst) {
            throw new IllegalArgumentException("more than the burst never go at once: " + events);
        }
        if (available(nowNanos) >= events) {
            return 0;
        }
        long target = used + events;
        long whole = target / perSecond * NANOS;
        long rest = Math.ceilDiv(target % perSecond * NANOS, perSecond);
        return whole + rest - (nowNanos - startNanos);
    }

    private long granted(long nowNanos) {
        long elapsed = nowNanos - startNanos;
        return elapsed / NANOS * perSecond + elapsed % NANOS * perSecond / NANOS;
    }
}
