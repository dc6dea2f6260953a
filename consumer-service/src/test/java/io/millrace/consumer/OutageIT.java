package io.millrace.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers that die while events flow: every event is stored, at least once, and the ledger has no gap. */
class OutageIT {
    private static final Instant THEN = Instant.parse("2026-03-03T03:03:03Z");
    private static final Duration SOON = Duration.ofSeconds(60);

    private static PrivateStack servers;
    private static LocalStack stack;
    private static TestLog log;
    private static TestStore store;

    @BeforeAll
    static void start() throws Exception {
        servers = PrivateStack.start();
        stack = servers.stack();
        log = servers.log();
        store = servers.store();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void clickHouseKilledAgainAndAgainLosesNothing() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        AtomicInteger posted = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        try (RunningConsumer consumer = RunningConsumer.start(stack, "millrace.consumer.range-age=20ms")) {
            Thread traffic = Thread.ofPlatform().start(() -> post("killed", posted, enough));
            for (int kill = 0; kill < 5; kill++) {
                int before = posted.get();
                int reach = before + 500 + random.nextInt(1_000);
                await().atMost(SOON).until(() -> posted.get() >= reach);
                servers.kill(Part.CLICKHOUSE);
                await().atMost(SOON)
                        .until(() -> consumer.partition(3).path("state").asString(""), "retrying"::equals);
                stack.clickHouse().start();
            }
            enough.set(true);
            traffic.join();
            log.awaitPosted();
            StoringIT.awaitAllStored(log, store);
        }
        for (String rows : new String[] {
            "uniqExact(event_id) FROM events",
            "count() FROM events",
            "sum(rows) FROM events_per_minute",
            "sum(rows) FROM events_per_hour"
        }) {
            assertThat(store.number("SELECT " + rows + " WHERE tenant = 'killed'"))
                    .as("%s, seed %d", rows, seed)
                    .isEqualTo(posted.get());
        }
        store.assertLedgerIsWhole();
    }

    @Test
    void whileClickHouseIsAwayTheServiceIsAliveButNotReadyAndCatchesUpByItself() throws Exception {
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            AtomicInteger posted = new AtomicInteger();
            postMany("away", posted, 1_000);
            StoringIT.awaitAllStored(log, store);
            servers.kill(Part.CLICKHOUSE);
            postMany("away", posted, 20_000);

            awaitAsserted(() -> {
                for (int partition = 0; partition < TestLog.PARTITIONS; partition++) {
                    assertThat(consumer.partition(partition).path("state").asString())
                            .isEqualTo("retrying");
                    assertThat(consumer.partition(partition).path("problem").asString())
                            .isEqualTo("clickhouse_unreachable");
                }
                assertThat(consumer.get("/actuator/health/readiness").statusCode())
                        .isEqualTo(503);
                assertThat(consumer.gauge("millrace.consumer.lag.records", "partition", "0"))
                        .isGreaterThan(1_000);
                assertThat(consumer.gauge("millrace.consumer.lag.seconds", "partition", "0"))
                        .isGreaterThan(1);
                assertThat(consumer.count("millrace.consumer.retries")).isGreaterThan(24);
            });
            assertThat(consumer.get("/actuator/health/liveness").statusCode()).isEqualTo(200);

            stack.clickHouse().start();
            StoringIT.awaitAllStored(log, store);
            assertThat(store.number("SELECT uniqExact(event_id) FROM events WHERE tenant = 'away'"))
                    .isEqualTo(21_000);
            awaitAsserted(() -> {
                assertThat(consumer.get("/actuator/health/readiness").statusCode())
                        .isEqualTo(200);
                assertThat(consumer.gauge("millrace.consumer.held")).isZero();
            });
        }
        store.assertLedgerIsWhole();
    }

    @Test
    void whileClickHouseHangsNoMoreIsHeldThanAllowed() throws Exception {
        long heldBytesMax = Runtime.getRuntime().maxMemory() / 100;
        // Beyond its share each partition holds at most the records of one poll, here of well below 300 bytes each.
        double bound = heldBytesMax + TestLog.PARTITIONS * 2_000 * 300.0;
        try (RunningConsumer consumer = RunningConsumer.start(stack, "millrace.consumer.held-heap-percent=1")) {
            AtomicInteger posted = new AtomicInteger();
            postMany("hanging", posted, 1_000);
            StoringIT.awaitAllStored(log, store);
            stack.clickHouse().freeze();
            try {
                postMany("hanging", posted, 100_000);
                // It reads as far as it may, and then for three seconds no further. Of its share each partition has at
                // least the half that the range is cut at which waits behind the one that is being stored.
                await().atMost(SOON)
                        .during(Duration.ofSeconds(3))
                        .until(() -> consumer.gauge("millrace.consumer.held"), held -> held >= 0.5 * heldBytesMax);
                assertThat(consumer.gauge("millrace.consumer.held")).isLessThanOrEqualTo(bound);
            } finally {
                stack.clickHouse().thaw();
            }
            StoringIT.awaitAllStored(log, store);
        }
        assertThat(store.number("SELECT count() FROM events WHERE tenant = 'hanging'"))
                .isEqualTo(101_000);
        store.assertLedgerIsWhole();
    }

    @Test
    void kafkaRestartedLosesNothing() throws Exception {
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            AtomicInteger posted = new AtomicInteger();
            postMany("kafka", posted, 2_000);
            StoringIT.awaitAllStored(log, store);
            servers.kill(Part.KAFKA);
            awaitAsserted(
                    () -> assertThat(consumer.get("/actuator/health/readiness").statusCode())
                            .isEqualTo(503));
            stack.kafka().start();
            postMany("kafka", posted, 2_000);
            StoringIT.awaitAllStored(log, store);
            assertThat(store.number("SELECT uniqExact(event_id) FROM events WHERE tenant = 'kafka'"))
                    .isEqualTo(4_000);
        }
        store.assertLedgerIsWhole();
    }

    private static void awaitAsserted(ThrowingRunnable assertion) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
    }

    /** About a thousand events a second, over all partitions. */
    private static void post(String tenant, AtomicInteger posted, AtomicBoolean enough) {
        while (!enough.get()) {
            int number = posted.getAndIncrement();
            log.post(TestLog.record(tenant, StoringIT.shop(number, THEN, number)));
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    private static void postMany(String tenant, AtomicInteger posted, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            int number = posted.getAndIncrement();
            log.post(TestLog.record(tenant, StoringIT.shop(number, THEN, number)));
        }
        log.awaitPosted();
    }
}
