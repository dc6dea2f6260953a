package io.millrace.retention.run;

import io.millrace.retention.expiry.ExpiredDay;
import io.millrace.retention.expiry.StoredDay;
import java.time.Duration;

/** What a run does: goes through the expired days, oldest first. */
final class ExpiryRun {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExpiredDays expiredDays;
    private final DayDrop drop;
    private final RunTable runs;

    ExpiryRun(ExpiredDays expiredDays, DayDrop drop, RunTable runs) {
        this.expiredDays = expiredDays;
        this.drop = drop;
        this.runs = runs;
    }

    /** Says before each day whether to go on; throws when not. */
    interface Permission {
        void require();
    }

    /**
     * Does the run's work.
     *
     * @return how many expired days could not be dropped yet
     */
    int perform(Run run, Permission permission) {
        int skipped = 0;
        for (ExpiredDay expired : expiredDays.find()) {
            StoredDay day = expired.day();
            if (expired.obstacle().isPresent()) {
                skipped++;
                put(run, new RunAction(day, RunAction.State.SKIPPED, expired.keptBecause()));
            } else if (run.dryRun()) {
                put(run, new RunAction(day, RunAction.State.WOULD_DROP, null));
            } else {
                permission.require();
                drop.drop(run, day);
            }
        }
        return skipped;
    }

    private void put(Run run, RunAction action) {
        runs.put(run.id(), action).block(PATIENCE);
    }
}
