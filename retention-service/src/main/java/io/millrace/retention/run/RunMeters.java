package io.millrace.retention.run;

import io.micrometer.core.instrument.Tags;
import io.millrace.kit.metrics.Meters;
import io.millrace.retention.expiry.StoredDay;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** What this instance dropped and how its last run went. */
final class RunMeters {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Meters meters;
    private final AtomicReference<Last> last = new AtomicReference<>(new Last(Instant.EPOCH, false, 0));

    private record Last(Instant finishedAt, boolean succeeded, int skipped) {}

    RunMeters(Meters meters) {
        this.meters = meters;
        meters.gauge(
                "millrace.retention.last.run.finished",
                "When this instance's last run that was no dry run ended, as Unix time; 0 before the first",
                "seconds",
                () -> last.get().finishedAt().getEpochSecond());
        meters.gauge(
                "millrace.retention.last.run.succeeded",
                "Whether this instance's last run that was no dry run succeeded",
                "runs",
                () -> last.get().succeeded() ? 1 : 0);
        meters.gauge(
                "millrace.retention.last.run.skipped",
                "Expired days (daily partitions) that this instance's last run could not drop yet",
                "partitions",
                () -> last.get().skipped());
    }

    void dropped(StoredDay day) {
        Tags tags = Tags.of("data_set", day.dataSet().wire());
        meters.counter("millrace.retention.dropped.partitions", "Days (daily partitions) dropped", tags)
                .increment();
        meters.counter("millrace.retention.dropped.rows", "Rows dropped, of views not merged ones", tags)
                .increment((double) day.rows());
        meters.byteCounter("millrace.retention.dropped", "Bytes on disk given back", tags)
                .increment((double) day.bytes());
    }

    void ended(Run run, int skipped) {
        Instant at = run.finished().orElse(run.startedAt());
        meters.timer(
                        "millrace.retention.run",
                        "Time that runs took",
                        LONGEST,
                        Tags.of("outcome", run.outcome().wire(), "dry_run", Boolean.toString(run.dryRun())))
                .record(Duration.between(run.startedAt(), at));
        if (!run.dryRun()) {
            last.set(new Last(at, run.outcome() == Run.Outcome.SUCCEEDED, skipped));
        }
    }
}
