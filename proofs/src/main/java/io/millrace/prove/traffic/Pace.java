package io.millrace.prove.traffic;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A steady pace for one thread. What a standstill delayed is not made up for, so that an outage makes no burst. */
final class Pace {
    private static final long FORGIVEN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final double nanosEach;
    private double dueNanos = System.nanoTime();
    private volatile boolean hurried;

    Pace(int perSecond) {
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / (double) perSecond;
    }

    /** From now on without a pause. */
    void hurry() {
        hurried = true;
    }

    /** Waits until so many more are due. */
    void await(int records) {
        dueNanos = Math.max(dueNanos + records * nanosEach, System.nanoTime() - (double) FORGIVEN_NANOS);
        while (!hurried
                && System.nanoTime() < dueNanos
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
