package io.millrace.retention.run;

import io.millrace.log.LogTerms;
import io.millrace.retention.expiry.ExpiredDay;
import io.millrace.retention.expiry.Expiry;
import io.millrace.retention.expiry.LogEnds;
import io.millrace.retention.expiry.LogProgress;
import io.millrace.retention.expiry.StoredDay;
import io.millrace.retention.policy.Policy;
import io.millrace.retention.policy.PolicyTable;
import io.millrace.retention.storage.EventStorage;
import io.millrace.retention.storage.KafkaLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Reads what has expired, from PostgreSQL, ClickHouse and Kafka. Changes nothing. */
final class ExpiredDays {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PolicyTable policies;
    private final EventStorage storage;
    private final KafkaLog kafka;
    private final Bounds bounds;

    /**
     * The log, and what bounds a run.
     *
     * @param log that events go to now
     */
    record Bounds(LogTerms log, Expiry.Limits limits) {}

    ExpiredDays(PolicyTable policies, EventStorage storage, KafkaLog kafka, Bounds bounds) {
        this.policies = policies;
        this.storage = storage;
        this.kafka = kafka;
        this.bounds = bounds;
    }

    /** {@return the expired days; the order of the readings is what makes {@link LogProgress} sound} */
    List<ExpiredDay> find() {
        List<Policy> inForce =
                Objects.requireNonNull(policies.all().collectList().block(PATIENCE));
        List<StoredDay> days = storage.days();
        Instant now = storage.now();
        LogEnds ends = kafka.ends();
        LogProgress progress = new LogProgress(
                now,
                bounds.log().partitions(),
                ends,
                storage.progress(bounds.log().logId()));
        return Expiry.of(inForce, days, progress, bounds.limits());
    }
}
