package io.millrace.retention.run;

import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * Starts runs, on schedule and on request, one at a time over all instances.
 *
 * <p>A run that is killed is settled by the next start or run of any instance. A shutdown lets the day that is being
 * dropped finish and ends the run as interrupted; the days that are left are left to the next run.
 */
public final class RetentionRuns implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionRuns.class);
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(10);

    /** How long a request waits for a lock that is only held for a moment, as each look at the schedule does. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

    private final ConnectionFactory sessions;
    private final RunTable runs;
    private final ExpiryRun work;
    private final Settlement settlement;
    private final RetentionSettings settings;
    private final RunMeters meters;
    private final Clock clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("retention-", 0).factory());
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    RetentionRuns(Parts parts, RetentionSettings settings, RunMeters meters, Clock clock) {
        this.sessions = parts.sessions();
        this.runs = parts.runs();
        this.work = parts.work();
        this.settlement = parts.settlement();
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * What runs are made of.
     *
     * @param sessions makes sessions of PostgreSQL that are not pooled
     */
    record Parts(ConnectionFactory sessions, RunTable runs, ExpiryRun work, Settlement settlement) {}

    /**
     * Starts a run.
     *
     * @return a dry run when it has ended, another one as soon as it is recorded; empty when one is at work already. It
     *     goes on when the caller goes away
     */
    public Mono<Run> request(boolean dryRun) {
        return Mono.fromFuture(
                        () -> CompletableFuture.supplyAsync(() -> start(dryRun), threads), /* suppressCancel= */ true)
                .flatMap(Mono::justOrEmpty);
    }

    private Optional<Run> start(boolean dryRun) {
        Optional<RunLock> taken = RunLock.tryTake(sessions, LOCK_PATIENCE);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        RunLock lock = taken.get();
        boolean handedOn = false;
        try {
            Run run = begin(Run.StartedBy.REQUEST, dryRun);
            if (dryRun) {
                return Optional.of(perform(run, lock));
            }
            threads.execute(() -> {
                try (lock) {
                    perform(run, lock);
                }
            });
            handedOn = true;
            return Optional.of(run);
        } finally {
            if (!handedOn) {
                lock.close();
            }
        }
    }

    private Run begin(Run.StartedBy by, boolean dryRun) {
        Run run = Run.started(UUID.randomUUID(), now(), by, dryRun);
        runs.insert(run).block(DATABASE_PATIENCE);
        return run;
    }

    /** The main loop of a run: whatever ends it is recorded. */
    private Run perform(Run run, RunLock lock) {
        Run ended;
        int skipped = 0;
        try {
            settlement.settle(Optional.of(run.id()));
            skipped = work.perform(run, () -> {
                if (stopping.getCount() == 0) {
                    throw new Stopped();
                }
                lock.requireHeld();
            });
            ended = run.ended(Run.Outcome.SUCCEEDED, null, now());
        } catch (Stopped e) {
            ended = run.ended(Run.Outcome.INTERRUPTED, "the service was stopped", now());
            settleAfter(run);
        } catch (RuntimeException e) {
            if (RunFailure.isExpected(e)) {
                LOG.error("run {} failed: {}", run.id(), RunFailure.describe(e));
            } else {
                LOG.error("run {} failed by a mistake of this service", run.id(), e);
            }
            ended = run.ended(Run.Outcome.FAILED, RunFailure.describe(e), now());
            settleAfter(run);
        }
        meters.ended(ended, skipped);
        record(ended);
        return ended;
    }

    private void record(Run ended) {
        try {
            runs.end(ended).then(runs.prune(settings.runsKept())).block(DATABASE_PATIENCE);
        } catch (RuntimeException e) {
            LOG.error(
                    "the end of run {}, {}, could not be recorded, so it will be recorded as interrupted",
                    ended.id(),
                    ended.outcome(),
                    e);
        }
    }

    /** What cannot be settled now, because the server that failed is still away, the next run or start settles. */
    private void settleAfter(Run run) {
        try {
            settlement.settle(Optional.of(run.id()));
        } catch (RuntimeException e) {
            LOG.warn("run {} left traces for the next one to settle: {}", run.id(), RunFailure.describe(e));
        }
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void start() {
        running = true;
        threads.execute(this::keepSchedule);
    }

    private void keepSchedule() {
        try {
            do {
                look();
            } while (!stopping.await(settings.lookEvery().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The main loop of the schedule: it goes on whatever happens. */
    private void look() {
        try {
            RunLock.tryTake(sessions, Duration.ZERO).ifPresent(lock -> {
                try (lock) {
                    look(lock);
                }
            });
        } catch (RuntimeException e) {
            LOG.error("the schedule could not be looked at: {}", RunFailure.describe(e));
        }
    }

    private void look(RunLock lock) {
        Duration untilDue = settings.scheduled() ? untilDue() : settings.interval();
        if (untilDue.isPositive()) {
            settlement.settle(Optional.empty());
        } else {
            perform(begin(Run.StartedBy.SCHEDULE, false), lock);
        }
    }

    /** In milliseconds, so that a run reads the same before and after PostgreSQL had it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Duration untilDue() {
        Instant last = runs.lastOnSchedule().blockOptional(DATABASE_PATIENCE).orElse(Instant.EPOCH);
        return Duration.between(now(), last.plus(settings.interval()));
    }

    @Override
    public void stop() {
        stopping.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(settings.stopPatience().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a run is still at work; the next start settles it");
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
