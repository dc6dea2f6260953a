package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.RangeCutter;
import io.millrace.consumer.store.Outcome;
import io.millrace.consumer.store.OutsideTrouble;
import io.millrace.consumer.store.RangeStore;
import io.millrace.consumer.store.StoreAccess;
import io.millrace.consumer.store.StoreMeters;
import io.millrace.kit.breaker.TestBreaker;
import io.millrace.kit.breaker.Verdict;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import io.millrace.log.EventTopic;
import io.millrace.log.LogTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

/** A poll loop while ClickHouse cannot be reached: nothing listens at its address. */
class PollLoopTest {
    private static final TopicPartition THIRD = new TopicPartition(EventTopic.NAME, 3);
    private static final TopicPartition FOURTH = new TopicPartition(EventTopic.NAME, 4);
    private static final String NOWHERE = "127.0.0.1:1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PartitionBoard board = new PartitionBoard(InstantSource.fixed(Instant.EPOCH));
    private final MemoryShares memory = new MemoryShares(1_000);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final Client clickHouse = new Client.Builder()
            .addEndpoint("http://" + NOWHERE)
            .setUsername("nobody")
            .setPassword("")
            .setMaxRetries(0)
            .retryOnFailures(ClientFaultCause.None)
            .build();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", NOWHERE));
    private final PollLoop loop = new PollLoop(shared());

    @BeforeEach
    void assign() {
        consumer.subscribe(List.of(EventTopic.NAME));
        consumer.rebalance(List.of(THIRD, FOURTH));
        loop.onPartitionsAssigned(consumer, List.of(THIRD, FOURTH));
    }

    @AfterEach
    void close() {
        admin.close(Duration.ZERO);
        clickHouse.close();
    }

    @Test
    void assignedPartitionsStandPausedSoThatNoClientChoosesTheirPlace() {
        assertThat(consumer.paused()).containsExactlyInAnyOrder(THIRD, FOURTH);
        assertThat(consumer.position(THIRD)).isZero();
        assertThat(state(3)).isEqualTo(PartitionState.OPENING);
        assertThat(memory.shareBytes()).isEqualTo(500);
        assertThat(registry.get("millrace.consumer.partition.state")
                        .tags("partition", "3", "state", "opening")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void theyStayPausedForAsLongAsTheLedgerCannotBeRead() {
        for (int poll = 0; poll < 3; poll++) {
            loop.setupThreadState(consumer);
        }
        assertThat(state(3)).isEqualTo(PartitionState.RETRYING);
        assertThat(board.of(3).orElseThrow().problem()).isEqualTo("clickhouse_unreachable");
        assertThat(consumer.paused()).containsExactlyInAnyOrder(THIRD, FOURTH);
        assertThat(registry.get("millrace.consumer.retries").counter().count()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void truncatedLogStopsItsPartitionAlone() {
        loop.outOfRange(new LogTruncationException(Map.of(THIRD, 70L), Map.of()), consumer);
        loop.setupThreadState(consumer);
        assertThat(state(3)).isEqualTo(PartitionState.STOPPED);
        assertThat(board.of(3).orElseThrow().problem()).isEqualTo("log_truncated");
        assertThat(state(4)).isNotEqualTo(PartitionState.STOPPED);
    }

    @Test
    void placeThatTheLogDoesNotHaveStopsItsPartitionAlone() {
        List<Throwable> bugs = new ArrayList<>();
        new PollErrors(loop, bugs::add)
                .handleOtherException(new OffsetOutOfRangeException(Map.of(FOURTH, 5L)), consumer, container(), true);
        loop.setupThreadState(consumer);
        assertThat(board.of(4).orElseThrow().problem()).isEqualTo("records_gone");
        assertThat(state(3)).isNotEqualTo(PartitionState.STOPPED);
        assertThat(bugs).isEmpty();
    }

    @Test
    void lostPartitionsAreForgotten() {
        loop.onPartitionsLost(consumer, List.of(THIRD));
        loop.onPartitionsRevokedBeforeCommit(consumer, List.of(THIRD));
        assertThat(board.all()).extracting(PartitionStatus::partition).containsExactly(4);
        assertThat(memory.shareBytes()).isEqualTo(1_000);
        assertThat(registry.find("millrace.consumer.partition.state")
                        .tag("partition", "3")
                        .gauges())
                .isEmpty();
    }

    @Test
    void nothingIsBegunForAPartitionThatIsSomebodyElses() {
        PartitionWork work = shared().work();
        LogPartition partition = new LogPartition(1, 3);
        AtomicBoolean abandoned = new AtomicBoolean();
        PartitionOpening opening = new PartitionOpening(partition, work, abandoned);
        RangeCutter cutter = new RangeCutter(
                partition, new RangeCutter.Start(0, Instant.EPOCH, LedgerEntry.EPOCH_UNKNOWN), RangeCutter.NOT_PINNED);
        cutter.advanceTo(5, work.settings().rangeLimits(1, 1_000), 0);
        RangeWriting writing = new RangeWriting(cutter.cut().orElseThrow(), 0, work, abandoned);
        writing.committed(writing.wanted().orElseThrow());
        assertThatThrownBy(opening::proceed).as("asks ClickHouse").isInstanceOf(OutsideTrouble.class);
        writing.poll(0);
        writing.poll(0);
        assertThat(writing.failures()).as("asks ClickHouse").isOne();

        abandoned.set(true);
        assertThat(opening.proceed()).isInstanceOf(Progress.Again.class);
        long later = Duration.ofMinutes(1).toNanos();
        writing.poll(later);
        assertThat(writing.poll(later)).contains(new Outcome.Abandoned());
    }

    @Test
    void afterABugNothingGoesOn() {
        List<Throwable> bugs = new ArrayList<>();
        PollErrors errors = new PollErrors(loop, bugs::add);
        IllegalStateException bug = new IllegalStateException("the bug under test");
        errors.handleBatch(bug, ConsumerRecords.empty(), consumer, container(), () -> {});
        errors.handleOtherException(bug, consumer, container(), true);
        loop.setupThreadState(consumer);
        assertThat(bugs).containsExactly(bug, bug);
        assertThat(state(3)).as("was never moved on").isEqualTo(PartitionState.OPENING);
        assertThat(registry.get("millrace.consumer.retries").counter().count()).isZero();
    }

    @Test
    void beingWokenToStopIsNoBug() {
        List<Throwable> bugs = new ArrayList<>();
        new PollErrors(loop, bugs::add).handleOtherException(new WakeupException(), consumer, container(), true);
        assertThat(bugs).isEmpty();
    }

    private PartitionState state(int partition) {
        return board.of(partition).orElseThrow().state();
    }

    private PollLoop.Shared shared() {
        LogTerms terms = new LogTerms(1, 12, 1, Duration.ofDays(1), Duration.ZERO);
        EventLog log = new EventLog(EventTopic.NAME, Uuid.ONE_UUID, terms);
        ConsumerSettings settings =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("none", ConsumerSettings.class);
        RangeStore store = new RangeStore(
                new StoreAccess(
                        clickHouse, settings.insertCompression(), TestBreaker.around("clickhouse", _ -> Verdict.AWAY)),
                new StoreMeters(new Meters(registry), () -> 0),
                () -> 0);
        PartitionMeters meters = new PartitionMeters(registry, board, memory);
        Repeated.Repetition here = new Repeated.Repetition(
                Runnable::run,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), new Random(1)),
                meters.failures());
        PartitionWork work = new PartitionWork(
                new LogQuestions(log, settings.group(), admin),
                new LogHistory(log, Map.of(), meters, () -> 0),
                store,
                settings,
                here,
                here,
                meters);
        return new PollLoop.Shared(log, work, settings, memory, board, InstantSource.fixed(Instant.EPOCH), () -> 0);
    }

    private static KafkaMessageListenerContainer<byte[], byte[]> container() {
        return new KafkaMessageListenerContainer<>(
                new org.springframework.kafka.core.DefaultKafkaConsumerFactory<>(Map.of()),
                new ContainerProperties(EventTopic.NAME));
    }
}
