package io.millrace.kit.breaker;

import io.micrometer.core.instrument.Counter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Changes that are not written yet, in their order. Of too many, the oldest are dropped and counted. */
final class WaitingChanges {
    private final int max;
    private final Counter dropped;
    private final Deque<StateChange> waiting = new ArrayDeque<>();

    WaitingChanges(int max, Counter dropped) {
        this.max = max;
        this.dropped = dropped;
    }

    synchronized void add(StateChange change) {
        if (waiting.size() == max) {
            waiting.removeFirst();
            dropped.increment();
        }
        waiting.addLast(change);
    }

    synchronized List<StateChange> oldest(int most) {
        return waiting.stream().limit(most).toList();
    }

    /** Takes out what is written, as far as it was not dropped meanwhile. */
    synchronized void remove(List<StateChange> written) {
        for (StateChange change : written) {
            if (change.equals(waiting.peekFirst())) {
                waiting.removeFirst();
            }
        }
    }

    synchronized int size() {
        return waiting.size();
    }
}
