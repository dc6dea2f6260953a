package io.millrace.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Consumers that come and go in good order: every event is stored, and once. */
class RestartIT {
    private static final String GROUP = "millrace-consumer";
    private static final Instant THEN = Instant.parse("2026-02-02T02:02:02Z");

    private static LocalStack stack;
    private static TestLog log;
    private static TestStore store;

    @BeforeAll
    static void start() {
        stack = LocalStack.shared();
        log = new TestLog(stack.kafka().url());
        store = new TestStore(stack.clickHouse().url());
    }

    @AfterAll
    static void stop() {
        store.close();
        log.close();
    }

    @Test
    void continuesFromTheLedgerWhateverIsCommitted() throws Exception {
        try (RunningConsumer _ = RunningConsumer.start(stack)) {
            post("restarted", 0, 1_000);
            StoringIT.awaitAllStored(log, store);
        }

        commit(_ -> 0);
        try (RunningConsumer _ = RunningConsumer.start(stack)) {
            post("restarted", 1_000, 2_000);
            StoringIT.awaitAllStored(log, store);
            // The true place is committed with the first range, whatever stood there.
            Map<Integer, Long> now = log.ends();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(committed()).isEqualTo(now));
        }
        commit(partition -> 1_000_000 + partition);
        try (RunningConsumer _ = RunningConsumer.start(stack)) {
            post("restarted", 2_000, 3_000);
            StoringIT.awaitAllStored(log, store);
        }
        log.admin().deleteConsumerGroups(java.util.List.of(GROUP)).all().get();
        try (RunningConsumer _ = RunningConsumer.start(stack)) {
            post("restarted", 3_000, 4_000);
            StoringIT.awaitAllStored(log, store);
        }
        assertStoredOnce("restarted", 4_000);
    }

    @Test
    void memberOfAnotherGroupIsRefused() {
        try (RunningConsumer _ = RunningConsumer.start(stack)) {
            assertThatThrownBy(() -> RunningConsumer.start(stack, "millrace.consumer.group=another"))
                    .hasRootCauseMessage(
                            "log 1 is stored by the consumer group millrace-consumer, and this is a member of another");
        }
    }

    @Test
    void partitionsMoveBetweenInstancesWithoutLossOrRepetition() throws Exception {
        RunningConsumer first = RunningConsumer.start(stack, "millrace.consumer.range-age=50ms");
        post("moving", 0, 2_000);
        RunningConsumer second =
                RunningConsumer.start(stack, "millrace.consumer.range-age=50ms", "millrace.consumer.poll-threads=2");
        post("moving", 2_000, 4_000);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(running(first)).isEqualTo(4);
            assertThat(running(second)).as("two of three members").isEqualTo(8);
        });
        post("moving", 4_000, 6_000);
        first.close();
        post("moving", 6_000, 8_000);
        StoringIT.awaitAllStored(log, store);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(running(second)).isEqualTo(12));
        second.close();
        assertStoredOnce("moving", 8_000);
    }

    @Test
    void furtherCopiesOfAnEventCountOnceWhoeverReadTheFirst() throws Exception {
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            post("again", 0, 1_000);
            post("again", 0, 500);
            StoringIT.awaitAllStored(log, store);
            assertThat(consumer.count("millrace.consumer.duplicates")).isEqualTo(500);
        }
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            post("again", 250, 1_250);
            StoringIT.awaitAllStored(log, store);
            assertThat(consumer.count("millrace.consumer.duplicates")).isEqualTo(750);
            assertThat(consumer.gauge("millrace.consumer.window")).isPositive();
        }
        assertStoredOnce("again", 1_250);
        store.assertLedgerIsWhole();
    }

    private static void assertStoredOnce(String tenant, long count) {
        for (String sum : new String[] {
            "SELECT count() FROM events WHERE tenant = '%s'",
            "SELECT uniqExact(event_id) FROM events WHERE tenant = '%s'",
            "SELECT sum(rows) FROM events_per_minute WHERE tenant = '%s'",
            "SELECT sum(rows) FROM events_per_hour WHERE tenant = '%s'"
        }) {
            assertThat(store.number(sum.formatted(tenant))).as(sum).isEqualTo(count);
        }
        store.assertLedgerIsWhole();
    }

    /** From the meters, since contexts in one JVM share Netty's threads, which the first of them to close takes along. */
    private static double running(RunningConsumer consumer) {
        return consumer.meters().find("millrace.consumer.partition.state").tag("state", "running").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static void post(String tenant, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            log.post(TestLog.record(tenant, StoringIT.shop(i, THEN, i)));
        }
        log.awaitPosted();
    }

    private static void commit(IntToLongFunction offsetOfPartition) throws Exception {
        log.admin()
                .alterConsumerGroupOffsets(
                        GROUP,
                        IntStream.range(0, TestLog.PARTITIONS)
                                .boxed()
                                .collect(Collectors.toMap(
                                        partition -> new TopicPartition(EventTopic.NAME, partition),
                                        partition -> new OffsetAndMetadata(offsetOfPartition.applyAsLong(partition)))))
                .all()
                .get();
    }

    private static Map<Integer, Long> committed() throws Exception {
        return log.admin().listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().partition(),
                        entry -> entry.getValue().offset()));
    }
}
