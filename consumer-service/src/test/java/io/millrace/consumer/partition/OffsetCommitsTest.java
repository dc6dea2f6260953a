package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

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
    void commitsWhatWaitsOnce() {
        commits.add(PARTITION, PLACE);
        assertThat(commits.commit(consumer, 0)).isTrue();
        assertThat(commits.commit(consumer, 0)).isTrue();
        assertThat(consumer.taken).containsExactly(Map.entry(PARTITION, PLACE));
        assertThat(consumer.calls).isEqualTo(1);
    }

    @Test
    void isNotKeptFromCommittingByBeingWokenToStop() {
        consumer.failures.add(new WakeupException());
        commits.add(PARTITION, PLACE);
        assertThat(commits.commit(consumer, 0)).isTrue();
        assertThat(consumer.taken).containsKey(PARTITION);
        assertThat(failures()).isZero();
    }

    @Test
    void putsOffWhatFailsForTheMoment() {
        consumer.failures.add(new RebalanceInProgressException());
        consumer.failures.add(new TimeoutException());
        commits.add(PARTITION, PLACE);
        assertThat(commits.commit(consumer, 0)).isTrue();
        assertThat(commits.commit(consumer, SECOND - 1)).isTrue();
        assertThat(consumer.calls).isEqualTo(1);
        assertThat(commits.commit(consumer, SECOND)).isTrue();
        assertThat(consumer.taken).isEmpty();
        assertThat(commits.commit(consumer, 2 * SECOND)).isTrue();
        assertThat(consumer.taken).containsKey(PARTITION);
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void saysWhenThePartitionsAreSomebodyElses() {
        consumer.failures.add(new CommitFailedException());
        commits.add(PARTITION, PLACE);
        assertThat(commits.commit(consumer, 0)).isFalse();
        assertThat(commits.commit(consumer, 0)).isTrue();
        assertThat(consumer.taken).isEmpty();
    }

    @Test
    void leavesTheRestToTheContainer() {
        consumer.failures.add(new TopicAuthorizationException("t"));
        commits.add(PARTITION, PLACE);
        assertThatThrownBy(() -> commits.commit(consumer, 0)).isInstanceOf(TopicAuthorizationException.class);
        assertThat(commits.commit(consumer, 0)).isTrue();
        assertThat(consumer.taken).containsKey(PARTITION);
    }

    @Test
    void forgetsPartitionsThatLeft() {
        commits.add(PARTITION, PLACE);
        commits.forget(PARTITION);
        assertThat(commits.commit(consumer, 0)).isTrue();
        assertThat(consumer.calls).isZero();
    }

    private double failures() {
        return registry.get("millrace.consumer.commit.failures").counter().count();
    }
}
