package io.millrace.consumer.partition;

import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.RangeCutter;
import io.millrace.consumer.range.RangeLimits;
import io.millrace.kit.eventlog.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * What happens on one poll thread: before each poll its partitions are moved on ({@link #setupThreadState}), after each
 * poll they get their records ({@link #onMessage}), and within polls partitions come and go. Spring's container polls,
 * and does nothing else: it neither commits nor pauses nor seeks.
 */
final class PollLoop
        implements BatchInterceptor<byte[], byte[]>,
                BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]>,
                ConsumerAwareRebalanceListener {

    /** Where a partition stands that is not opened yet. It is paused there; without any place Kafka's client fails. */
    private static final long NO_PLACE = 0;

    private final EventLog log;
    private final PartitionWork work;
    private final ConsumerSettings settings;
    private final MemoryShares memory;
    private final PartitionBoard board;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final OffsetCommits commits;
    private final Map<TopicPartition, OwnedPartition> owned = new HashMap<>();
    private boolean failed;

    /** What all poll loops share. */
    record Shared(
            EventLog log,
            PartitionWork work,
            ConsumerSettings settings,
            MemoryShares memory,
            PartitionBoard board,
            InstantSource clock,
            LongSupplier nanos) {}

    PollLoop(Shared shared) {
        this.log = shared.log();
        this.work = shared.work();
        this.settings = shared.settings();
        this.memory = shared.memory();
        this.board = shared.board();
        this.clock = shared.clock();
        this.nanos = shared.nanos();
        this.commits = new OffsetCommits(work.meters());
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        if (failed) {
            return;
        }
        long now = nanos.getAsLong();
        RangeLimits limits = limits();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        owned.forEach((topicPartition, partition) -> {
            partition.open(now).ifPresent(position -> consumer.seek(topicPartition, position));
            if (partition.isReading()) {
                advance(consumer, topicPartition, partition, limits);
            }
            partition.store(limits.inBacklog(late(consumer, topicPartition, partition)), now);
            partition.commit().ifPresent(position -> positions.put(topicPartition, position));
        });
        switch (commits.commit(consumer, positions, now)) {
            case COMMITTED ->
                owned.forEach((topicPartition, partition) -> {
                    if (positions.containsKey(topicPartition)) {
                        partition.committed(now);
                    }
                });
            case POSTPONED -> {}
            // Kafka's client takes them away within the next poll; until then nothing more may be begun.
            case REFUSED -> owned.values().forEach(OwnedPartition::abandon);
        }
        pauseAndResume(consumer);
        owned.values().forEach(partition -> board.put(partition.status()));
        memory.hold(
                this,
                owned.values().stream().mapToLong(OwnedPartition::heldBytes).sum(),
                owned.values().stream().mapToLong(OwnedPartition::windowBytes).sum());
    }

    @Override
    public boolean wantsPollResult() {
        return true;
    }

    @Override
    public void onMessage(
            ConsumerRecords<byte[], byte[]> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<byte[], byte[]> consumer) {
        if (failed) {
            return;
        }
        RangeLimits limits = limits();
        RangeCutter.Moment now = new RangeCutter.Moment(clock.instant(), nanos.getAsLong());
        for (TopicPartition topicPartition : records.partitions()) {
            OwnedPartition partition = owned.get(topicPartition);
            if (partition == null) {
                throw new IllegalStateException("records of " + topicPartition + ", which is not ours");
            }
            partition.accept(records.records(topicPartition), limits, now);
        }
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<byte[], byte[]>> records,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        throw new UnsupportedOperationException("asks for whole poll results");
    }

    @Override
    public ConsumerRecords<byte[], byte[]> intercept(
            ConsumerRecords<byte[], byte[]> records, Consumer<byte[], byte[]> consumer) {
        return records;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        for (TopicPartition topicPartition : partitions) {
            consumer.seek(topicPartition, NO_PLACE);
            OwnedPartition partition =
                    new OwnedPartition(new LogPartition(log.terms().logId(), topicPartition.partition()), work);
            owned.put(topicPartition, partition);
            board.put(partition.status());
        }
        memory.own(partitions.size());
        work.meters().ownershipChanged();
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        long deadline = nanos.getAsLong() + settings.releaseWait().toNanos();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (TopicPartition topicPartition : partitions) {
            OwnedPartition partition = owned.get(topicPartition);
            if (partition != null) {
                long now = nanos.getAsLong();
                partition.release(now, Duration.ofNanos(Math.max(1, deadline - now)));
                partition.commit().ifPresent(position -> positions.put(topicPartition, position));
            }
        }
        commits.commit(consumer, positions, nanos.getAsLong());
        remove(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition topicPartition : partitions) {
            OwnedPartition partition = owned.get(topicPartition);
            if (partition != null) {
                partition.abandon();
            }
        }
        remove(partitions);
    }

    /**
     * Stops everything, because of a bug. Records of a poll may have been passed over, and a partition that went on
     * would take them for offsets without records.
     */
    void fail() {
        failed = true;
        owned.values().forEach(OwnedPartition::abandon);
    }

    /** Stops the partitions whose place the log does not have. */
    void outOfRange(OffsetOutOfRangeException found, Consumer<?, ?> consumer) {
        boolean truncated = found instanceof LogTruncationException;
        found.offsetOutOfRangePartitions().forEach((topicPartition, offset) -> {
            OwnedPartition partition = owned.get(topicPartition);
            if (partition == null) {
                return;
            }
            if (truncated) {
                partition.stopAndDrop(new Stop(
                        Stop.Reason.LOG_TRUNCATED,
                        "the log was truncated below offset " + offset + ", up to which it was read"));
            } else {
                partition.stop(new Stop(
                        Stop.Reason.RECORDS_GONE,
                        "the log does not have offset " + offset
                                + " any more; where it goes on this service says after a restart"));
            }
            consumer.pause(Set.of(topicPartition));
            consumer.seek(topicPartition, NO_PLACE);
        });
    }

    private RangeLimits limits() {
        return settings.rangeLimits(log.terms().partitions(), memory.shareBytes());
    }

    private void advance(
            Consumer<?, ?> consumer, TopicPartition topicPartition, OwnedPartition partition, RangeLimits limits) {
        try {
            partition.advanceTo(consumer.position(topicPartition, Duration.ZERO), limits, nanos.getAsLong());
        } catch (TimeoutException e) {
            // Kafka's client is finding out whether the log was truncated; it will know by the next poll or so.
        }
    }

    /** How late the partition's events are, if the log has more of them. */
    private Duration late(Consumer<?, ?> consumer, TopicPartition topicPartition, OwnedPartition partition) {
        Optional<Instant> oldest = partition.openReceivedFrom();
        return oldest.isEmpty() || consumer.currentLag(topicPartition).orElse(0) == 0
                ? Duration.ZERO
                : Duration.between(oldest.get(), clock.instant());
    }

    private void pauseAndResume(Consumer<?, ?> consumer) {
        long share = memory.shareBytes();
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        owned.forEach((topicPartition, partition) -> {
            boolean wants = partition.wantsRecords(share);
            if (wants == paused.contains(topicPartition)) {
                (wants ? resume : pause).add(topicPartition);
            }
        });
        consumer.pause(pause);
        consumer.resume(resume);
    }

    private void remove(Collection<TopicPartition> partitions) {
        int count = 0;
        for (TopicPartition topicPartition : partitions) {
            if (owned.remove(topicPartition) != null) {
                board.remove(topicPartition.partition());
                count++;
            }
        }
        memory.own(-count);
        work.meters().ownershipChanged();
    }
}
