package io.millrace.consumer.partition;

import java.time.Duration;
import java.util.HashMap;
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
 * Commits of one poll loop. The ledger is the authority and a commit only tells of it, so one that fails for the moment
 * is put off; one that is refused tells that the partitions are no longer ours.
 */
final class OffsetCommits {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PartitionMeters meters;
    private final Map<TopicPartition, OffsetAndMetadata> waiting = new HashMap<>();
    private long notBeforeNanos;
    private boolean paused;

    OffsetCommits(PartitionMeters meters) {
        this.meters = meters;
    }

    void add(TopicPartition partition, OffsetAndMetadata position) {
        waiting.put(partition, position);
    }

    void forget(TopicPartition partition) {
        waiting.remove(partition);
    }

    /**
     * Commits what waits, unless it failed a moment ago.
     *
     * @return false when Kafka says that this member has lost its partitions
     */
    boolean commit(Consumer<?, ?> consumer, long nowNanos) {
        if (waiting.isEmpty() || (paused && nowNanos - notBeforeNanos < 0)) {
            return true;
        }
        try {
            commitDespiteWakeup(consumer);
            waiting.clear();
            paused = false;
            return true;
        } catch (CommitFailedException e) {
            LOG.warn("a commit was refused, these partitions are somebody else's now: {}", waiting.keySet());
            meters.commitFailed();
            waiting.clear();
            return false;
        } catch (RebalanceInProgressException | RetriableException e) {
            meters.commitFailed();
            paused = true;
            notBeforeNanos = nowNanos + PAUSE.toNanos();
            return true;
        }
    }

    private void commitDespiteWakeup(Consumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> positions = Map.copyOf(waiting);
        try {
            consumer.commitSync(positions, TIMEOUT);
        } catch (WakeupException e) {
            // The container wants to stop and meant to end a poll. It wakes once, and sees by itself that it stops.
            consumer.commitSync(positions, TIMEOUT);
        }
    }
}
