package io.millrace.ingestion.admin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Who called when, for as long as it counts: at most so many within any minute, to the nanosecond. */
final class SlidingWindow {
    static final Duration LENGTH = Duration.ofMinutes(1);

    private final int callsMax;
    private final Deque<Long> calls = new ArrayDeque<>();

    SlidingWindow(int callsMax) {
        this.callsMax = callsMax;
    }

    /** Counts a call. {@return whether there was room for it; if not, it is not counted} */
    synchronized boolean take(long nowNanos) {
        if (remaining(nowNanos) == 0) {
            return false;
        }
        calls.addLast(nowNanos);
        return true;
    }

    /** The call that was counted at that time shall not count. */
    synchronized void giveBack(long takenNanos) {
        calls.removeLastOccurrence(takenNanos);
    }

    /** {@return for how many more calls there is room} */
    synchronized int remaining(long nowNanos) {
        while (!calls.isEmpty() && nowNanos - calls.getFirst() >= LENGTH.toNanos()) {
            calls.removeFirst();
        }
        return Math.max(0, callsMax - calls.size());
    }

    /** {@return how long until there is room; zero when there is} */
    synchronized Duration untilRoom(long nowNanos) {
        return remaining(nowNanos) > 0 || calls.isEmpty() ? Duration.ZERO : until(calls.getFirst(), nowNanos);
    }

    /** {@return how long until no call counts any more} */
    synchronized Duration untilEmpty(long nowNanos) {
        return calls.isEmpty() ? Duration.ZERO : until(calls.getLast(), nowNanos);
    }

    private static Duration until(long callNanos, long nowNanos) {
        return LENGTH.minusNanos(nowNanos - callNanos);
    }
}
