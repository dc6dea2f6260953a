package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.consumer.partition.OffsetCommits.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class OffsetCommitsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 1);
    private static final OffsetAndMetadata PLACE = new OffsetAndMetadata(7);
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Refusing consumer = new Refusing();
    private final OffsetCommits commits = new OffsetCommits(
            new PartitionMeters(registry, new PartitionBoard(InstantSource.fixed(Instant.EPOCH)), new MemoryShares(1)));

    /** Kafka's client, failing the next commits. */
    private static final class Refusing extends MockConsumer<byte[], byte[]> {
        private final Deque<RuntimeException> failures = new ArrayDeque<>();
        private final Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
        private int calls;

        Refusing() {
            super("none");
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            calls++;
            RuntimeException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            taken.putAll(offsets);
        }
    }

    @Test
    void commitsWhatItIsGiven() {
        assertThat(commit(0)).isEqualTo(Result.COMMITTED);
        assertThat(consumer.taken).containsExactly(Map.entry(PARTITION, PLACE));
        assertThat(consumer.calls).isEqualTo(1);
    }

    @Test
    void asksKafkaNothingWhenThereIsNothing() {
        assertThat(commits.commit(consumer, Map.of(), 0)).isEqualTo(Result.COMMITTED);
        assertThat(consumer.calls).isZero();
    }

    @Test
    void isNotKeptFromCommittingByBeingWokenToStop() {
        consumer.failures.add(new WakeupException());
        assertThat(commit(0)).isEqualTo(Result.COMMITTED);
        assertThat(consumer.taken).containsKey(PARTITION);
        assertThat(failures()).isZero();
    }

    @Test
    void putsOffWhatFailsForTheMoment() {
        consumer.failures.add(new RebalanceInProgressException());
        consumer.failures.add(new TimeoutException());
        assertThat(commit(0)).isEqualTo(Result.POSTPONED);
        assertThat(commit(PAUSE - 1)).isEqualTo(Result.POSTPONED);
        assertThat(consumer.calls).isEqualTo(1);
        assertThat(commit(PAUSE)).isEqualTo(Result.POSTPONED);
        assertThat(consumer.taken).isEmpty();
        assertThat(commit(2 * PAUSE)).isEqualTo(Result.COMMITTED);
        assertThat(consumer.taken).containsKey(PARTITION);
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void saysWhenThePartitionsAreSomebodyElses() {
        consumer.failures.add(new CommitFailedException());
        assertThat(commit(0)).isEqualTo(Result.REFUSED);
        assertThat(consumer.taken).isEmpty();
    }

    @Test
    void leavesTheRestToTheContainer() {
        consumer.failures.add(new TopicAuthorizationException("t"));
        assertThatThrownBy(() -> commit(0)).isInstanceOf(TopicAuthorizationException.class);
        assertThat(commit(0)).isEqualTo(Result.COMMITTED);
    }

    private Result commit(long nowNanos) {
        return commits.commit(consumer, Map.of(PARTITION, PLACE), nowNanos);
    }

    private double failures() {
        return registry.get("millrace.consumer.commit.failures").counter().count();
    }
}
