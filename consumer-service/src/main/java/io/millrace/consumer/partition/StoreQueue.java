package io.millrace.consumer.partition;

import io.millrace.consumer.range.Range;
import io.millrace.consumer.store.OutsideTrouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of one partition on their way into the store, strictly one after the other: each is in the ledger before
 * the next is begun.
 */
final class StoreQueue {
    private final PartitionWork work;
    private final Deque<Range> ranges = new ArrayDeque<>();
    private final AtomicBoolean abandoned = new AtomicBoolean();
    private @Nullable Repeated<Boolean> storing;
    private boolean first = true;

    StoreQueue(PartitionWork work) {
        this.work = work;
    }

    void offer(Range range) {
        ranges.addLast(range);
    }

    /** Goes on with what can go on. {@return a range that is stored now} */
    Optional<Range> poll(long nowNanos) {
        Range range = ranges.peekFirst();
        if (range == null || abandoned.get()) {
            return Optional.empty();
        }
        if (storing == null) {
            storing = storing(range, first);
        }
        return ended(storing.poll(nowNanos));
    }

    /** Waits for the range that is being stored. {@return the range if it is stored now} */
    Optional<Range> await(long nowNanos, Duration patience) {
        return storing == null ? Optional.empty() : ended(storing.await(nowNanos, patience));
    }

    /** Begins nothing more. What the server is doing already it will do. */
    void abandon() {
        abandoned.set(true);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Ranges that are not stored, the one included that is being stored. */
    int size() {
        return ranges.size();
    }

    long bytes() {
        long sum = 0;
        for (Range range : ranges) {
            sum += range.bytes();
        }
        return sum;
    }

    /** The first of the ranges. */
    Optional<Range> head() {
        return Optional.ofNullable(ranges.peekFirst());
    }

    Optional<OutsideTrouble> trouble() {
        return storing == null ? Optional.empty() : storing.trouble();
    }

    int failures() {
        return storing == null ? 0 : storing.failures();
    }

    private Repeated<Boolean> storing(Range range, boolean doubtful) {
        return new Repeated<>(
                "storing range " + range.entry(),
                failures -> work.store().store(range, doubtful || failures > 0, abandoned),
                work.repetition());
    }

    private Optional<Range> ended(Optional<Boolean> outcome) {
        if (outcome.isEmpty() || !outcome.get()) {
            return Optional.empty();
        }
        storing = null;
        first = false;
        return Optional.of(ranges.removeFirst());
    }
}
