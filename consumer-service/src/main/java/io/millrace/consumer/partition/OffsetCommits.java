package io.millrace.consumer.partition;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits of one poll loop: how far partitions are stored, of which the ledger is the authority, and what is to be
 * written next, without which nothing is. One that fails for the moment is put off; one that is refused tells that the
 * partitions are no longer ours.
 */
final class OffsetCommits {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final PartitionMeters meters;
    private long notBeforeNanos;
    private boolean paused;

    OffsetCommits(PartitionMeters meters) {
        this.meters = meters;
    }

    enum Result {
        /** Kafka has them. */
        COMMITTED,
        /** Kafka may have them or not; to be tried again. */
        POSTPONED,
        /** This member has lost its partitions. */
        REFUSED
    }

    /** Commits these, unless it failed a moment ago. */
    Result commit(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> positions, long nowNanos) {
        if (positions.isEmpty()) {
            return Result.COMMITTED;
        }
        if (paused && nowNanos - notBeforeNanos < 0) {
            return Result.POSTPONED;
        }
        try {
            commitDespiteWakeup(consumer, positions);
            paused = false;
            return Result.COMMITTED;
        } catch (CommitFailedException e) {
            LOG.warn("a commit was refused, these partitions are somebody else's now: {}", positions.keySet());
            meters.commitFailed();
            return Result.REFUSED;
        } catch (RebalanceInProgressException | RetriableException e) {
            meters.commitFailed();
            paused = true;
            notBeforeNanos = nowNanos + PAUSE.toNanos();
            return Result.POSTPONED;
        }
    }

    private static void commitDespiteWakeup(Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> positions) {
        try {
            consumer.commitSync(positions, TIMEOUT);
        } catch (WakeupException e) {
            // The container wants to stop and meant to end a poll. It wakes once, and sees by itself that it stops.
            consumer.commitSync(positions, TIMEOUT);
        }
    }
}
