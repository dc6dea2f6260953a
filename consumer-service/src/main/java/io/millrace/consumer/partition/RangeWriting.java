package io.millrace.consumer.partition;

import io.millrace.consumer.range.Range;
import io.millrace.consumer.store.Intent;
import io.millrace.consumer.store.Outcome;
import io.millrace.consumer.store.OutsideTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One range on its way into the store, in turns of the poll thread, which commits intents, and of a store thread, which
 * writes: intent, write; and after a write of which nobody knows the end, fence, intent, further attempt.
 */
final class RangeWriting {
    private final Range range;
    private final PartitionWork work;
    private final AtomicBoolean abandoned;
    private final Repeated<Outcome> steps;
    private int attempt;
    private @Nullable Intent intent;
    private @Nullable Instant fenceFrom;

    /**
     * A range that is not begun.
     *
     * @param attempt 0, or more when an earlier owner began it and the fence is closed
     */
    RangeWriting(Range range, int attempt, PartitionWork work, AtomicBoolean abandoned) {
        this.range = range;
        this.attempt = attempt;
        this.work = work;
        this.abandoned = abandoned;
        this.steps = new Repeated<>("storing range " + range.entry(), this::step, work.storing());
    }

    /** What has to be committed before it goes on. */
    Optional<Intent> wanted() {
        return steps.isRunning() || intent != null
                ? Optional.empty()
                : Optional.of(Intent.of(
                        range.entry(),
                        work.store().clock().now(),
                        work.settings().insertDeadline(),
                        attempt));
    }

    /** Takes note that it is committed. */
    void committed(Intent now) {
        intent = now;
    }

    /** Goes on with what can go on. {@return what it came to} */
    Optional<Outcome> poll(long nowNanos) {
        return wanted().isPresent() ? Optional.empty() : steps.poll(nowNanos);
    }

    /** Waits for what is running. {@return what it came to} */
    Optional<Outcome> await(long nowNanos, Duration patience) {
        return steps.await(nowNanos, patience);
    }

    Optional<OutsideTrouble> trouble() {
        return steps.trouble();
    }

    int failures() {
        return steps.failures();
    }

    private Progress<Outcome> step() {
        Intent current = intent;
        if (current == null) {
            throw new IllegalStateException("range " + range.entry() + " is not to be written without an intent");
        }
        if (abandoned.get()) {
            return new Progress.Done<>(new Outcome.Abandoned());
        }
        if (fenceFrom != null) {
            return fence(fenceFrom);
        }
        try {
            return new Progress.Done<>(work.store().write(range, current, abandoned));
        } catch (OutsideTrouble e) {
            // Of a call that is over nothing more can come, and there is no need to wait for its deadline.
            fenceFrom = e.isOver() ? Instant.EPOCH : current.deadline();
            throw e;
        }
    }

    private Progress<Outcome> fence(Instant deadline) {
        Duration wait = work.store().fence().close(range.entry().partition(), deadline);
        if (wait.isZero()) {
            fenceFrom = null;
            intent = null;
            attempt++;
        }
        return new Progress.Again<>(wait);
    }
}
