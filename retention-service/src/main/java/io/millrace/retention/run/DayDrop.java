package io.millrace.retention.run;

import io.millrace.retention.expiry.StoredDay;
import io.millrace.retention.policy.DataSet;
import io.millrace.retention.storage.EventStorage;
import io.millrace.retention.storage.StorageChanges;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * Drops one day, in steps of which each may be the last: doing all of them again from the first on ends where this
 * would have.
 */
final class DayDrop {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunTable runs;
    private final EventStorage storage;
    private final StorageChanges changes;
    private final RunMeters meters;

    DayDrop(RunTable runs, EventStorage storage, StorageChanges changes, RunMeters meters) {
        this.runs = runs;
        this.storage = storage;
        this.changes = changes;
        this.meters = meters;
    }

    /** Drops a sealed day. When this returns it is gone, and recorded as gone. */
    void drop(Run run, StoredDay day) {
        runs.put(run.id(), new RunAction(day, RunAction.State.DROPPING, null)).block(PATIENCE);
        if (day.dataSet() == DataSet.EVENTS) {
            long accounted = changes.accountForExpiry(day.day());
            if (accounted < day.rows()) {
                throw new RunFailure("the ledger accounts for %d rows of %s, which holds %d; it was not dropped"
                        .formatted(accounted, day.day(), day.rows()));
            }
        }
        // Only from here on do answers see the change, so that the time in which they are marked is short.
        if (day.dataSet().isInAnswers()) {
            changes.openGeneration();
        }
        raiseFloor(day);
        changes.drop(day.dataSet(), day.day());
        if (day.dataSet().isInAnswers()) {
            changes.closeGeneration();
        }
        if (storage.holds(day.dataSet(), day.day())) {
            throw new RunFailure("%s of %s is still there after it was dropped"
                    .formatted(day.day(), day.dataSet().wire()));
        }
        runs.put(run.id(), new RunAction(day, RunAction.State.DROPPED, null)).block(PATIENCE);
        meters.dropped(day);
    }

    /**
     * An event can be ahead of its receipt by the skew and no more, so those whose time is the skew or more after the
     * day's end were received after the day, and are kept.
     */
    private void raiseFloor(StoredDay day) {
        Duration skew = Objects.requireNonNull(runs.timestampSkewMax().block(PATIENCE));
        Instant end = day.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        changes.raiseFloor(day.dataSet(), end.plus(skew));
    }
}
