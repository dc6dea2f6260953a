package io.millrace.retention.run;

import io.millrace.retention.expiry.StoredDay;
import io.millrace.retention.storage.EventStorage;
import io.millrace.retention.storage.StorageChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears up after runs that ended without saying so: only to be used by the holder of the lock, to whom every run that
 * says it runs, other than its own, is one whose process died.
 *
 * <p>Repeating it changes nothing; half done, it is completed by the next.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RunTable runs;
    private final EventStorage storage;
    private final StorageChanges changes;
    private final Clock clock;

    Settlement(RunTable runs, EventStorage storage, StorageChanges changes, Clock clock) {
        this.runs = runs;
        this.storage = storage;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Finds out what became of drops whose end nobody wrote down, makes the generation even again, and ends dead runs.
     *
     * @param own the holder's own run, if it has one
     */
    void settle(Optional<UUID> own) {
        List<Run> dead = Objects.requireNonNull(runs.running()
                .filter(run -> !Optional.of(run.id()).equals(own))
                .collectList()
                .block(PATIENCE));
        List<RunTable.Unfinished> unfinished =
                Objects.requireNonNull(runs.dropping().collectList().block(PATIENCE));
        boolean open = changes.generation() % 2 != 0;
        if (open || !dead.isEmpty() || !unfinished.isEmpty()) {
            // What a dead run sent last may be running still. Until it is not, nothing can be said.
            changes.fence();
        }
        unfinished.forEach(this::settle);
        if (open) {
            changes.closeGeneration();
            LOG.warn("a run ended while days were being dropped; what is stored is whole again");
        }
        for (Run run : dead) {
            runs.end(run.ended(
                            Run.Outcome.INTERRUPTED,
                            "its process ended",
                            clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                    .block(PATIENCE);
            LOG.warn("run {} was interrupted: its process ended", run.id());
        }
    }

    private void settle(RunTable.Unfinished unfinished) {
        StoredDay day = unfinished.action().day();
        boolean there = storage.holds(day.dataSet(), day.day());
        RunAction known = there
                ? new RunAction(day, RunAction.State.SKIPPED, "interrupted: the run ended before the day was dropped")
                : new RunAction(day, RunAction.State.DROPPED, "the run ended before it could say so");
        runs.put(unfinished.runId(), known).block(PATIENCE);
    }
}
