package io.millrace.consumer.partition;

import io.millrace.consumer.range.Range;
import io.millrace.consumer.store.Intent;
import io.millrace.consumer.store.Outcome;
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
    private final AtomicBoolean abandoned;
    private @Nullable RangeWriting writing;
    private int nextAttempt;

    /** An empty one. {@code abandoned} is set by {@link #abandon}, and read by whoever else works for the partition. */
    StoreQueue(PartitionWork work, AtomicBoolean abandoned) {
        this.work = work;
        this.abandoned = abandoned;
    }

    /** Says that the first range was begun by somebody else. */
    void firstAttempt(int attempt) {
        nextAttempt = attempt;
    }

    void offer(Range range) {
        ranges.addLast(range);
    }

    /** What is to be committed before the first range is written. */
    Optional<Intent> wanted() {
        return abandoned.get() ? Optional.empty() : writing().flatMap(RangeWriting::wanted);
    }

    /** Takes note that it is committed. */
    void committed(Intent intent) {
        writing().orElseThrow().committed(intent);
    }

    /** Goes on with what can go on. {@return what the first range came to} */
    Optional<Outcome> poll(long nowNanos) {
        return abandoned.get() ? Optional.empty() : writing().flatMap(first -> first.poll(nowNanos));
    }

    /** Waits for the range that is being written. {@return what it came to} */
    Optional<Outcome> await(long nowNanos, Duration patience) {
        return writing == null ? Optional.empty() : writing.await(nowNanos, patience);
    }

    /** Takes out the first range, which is stored. */
    Range remove() {
        writing = null;
        return ranges.removeFirst();
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
        return writing == null ? Optional.empty() : writing.trouble();
    }

    int failures() {
        return writing == null ? 0 : writing.failures();
    }

    private Optional<RangeWriting> writing() {
        Range first = ranges.peekFirst();
        if (writing == null && first != null) {
            writing = new RangeWriting(first, nextAttempt, work, abandoned);
            nextAttempt = 0;
        }
        return Optional.ofNullable(writing);
    }
}
