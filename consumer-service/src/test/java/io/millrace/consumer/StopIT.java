package io.millrace.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.consumer.store.Intent;
import io.millrace.event.Event;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.log.EventTopic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stops a partition for good, and never more than that one. Each test spoils partitions of its own. */
class StopIT {
    private static final Instant THEN = Instant.parse("2026-04-04T04:04:04Z");

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
    void recordOfAnUnknownVersionStopsItsPartitionInFrontOfIt() throws Exception {
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            send(5, "before");
            ProducerRecord<byte[], byte[]> newer = TestLog.record(5, "newer", StoringIT.shop(2, THEN, 2));
            newer.headers().add(EventTopic.WIRE_VERSION_HEADER, "2".getBytes(UTF_8));
            RecordMetadata place = log.send(newer);
            send(5, "after");
            send(4, "beside");

            awaitStopped(consumer, 5, "unknown_version");
            awaitStoredUpTo(5, place.offset());
            awaitStoredUpTo(4, log.end(4));
            assertThat(tenants("before", "newer", "after", "beside")).isEqualTo("before,beside");
            assertThat(consumer.gauge("millrace.consumer.partition.state", "partition", "5", "state", "stopped"))
                    .isEqualTo(1);
        }
        // An old release stays stopped, and still holds back nothing else.
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            awaitStopped(consumer, 5, "unknown_version");
            send(4, "beside-again");
            awaitStoredUpTo(4, log.end(4));
            assertThat(store.ledgerEnds().get(5)).isLessThan(log.end(5));
        }
    }

    @Test
    void partitionWhoseLedgerWasNeverOpenedIsNotRead() throws Exception {
        store.run("ALTER TABLE ledger DELETE WHERE partition = 7 SETTINGS mutations_sync = 2");
        send(7, "unopened");
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            awaitStopped(consumer, 7, "ledger_missing");
            send(8, "opened");
            awaitStoredUpTo(8, log.end(8));
            assertThat(tenants("opened", "unopened")).isEqualTo("opened");
        }
    }

    @Test
    void recordsDeletedUnreadStopThePartition() throws Exception {
        try (RunningConsumer _ = RunningConsumer.start(stack)) {
            send(1, "before-the-loss");
            awaitStoredUpTo(1, 1);
        }
        for (int i = 0; i < 3; i++) {
            send(1, "gone");
        }
        deleteBelow(1, log.end(1));
        send(1, "after-the-loss");
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            awaitStopped(consumer, 1, "records_gone");
            assertThat(store.ledgerEnds().get(1)).isOne();
        }
        // Another loss than this one was given up; then this one, when nothing can come any more of what was begun.
        try (RunningConsumer consumer = RunningConsumer.start(stack, "millrace.consumer.accepted-losses.1=5")) {
            awaitStopped(consumer, 1, "records_gone");
        }
        Instant deadline = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(20);
        log.commit(1, 1, new Intent(1, 3, 0, deadline, 0).metadata());
        try (RunningConsumer consumer = RunningConsumer.start(stack, "millrace.consumer.accepted-losses.1=4")) {
            awaitStoredUpTo(1, log.end(1));
            assertThat(consumer.count("millrace.consumer.lost")).isEqualTo(3);
        }
        assertThat(store
                        .rows("SELECT toString(kind) AS kind, toInt64(end_offset) AS end FROM ledger FINAL"
                                + " WHERE partition = 1 ORDER BY end_offset, kind")
                        .stream()
                        .map(row -> row.getString("kind") + row.getLong("end")))
                .containsExactly("opened0", "stored1", "lost4", "stored5");
        assertThat(store.number(
                        "SELECT toUnixTimestamp(recorded_at) FROM ledger FINAL WHERE kind = 'lost' AND partition = 1"))
                .isGreaterThanOrEqualTo(deadline.getEpochSecond());
        assertThat(tenants("before-the-loss", "gone", "after-the-loss")).isEqualTo("after-the-loss,before-the-loss");
    }

    @Test
    void rangeThatWasBegunAndIsGoneIsNotGivenUp() throws Exception {
        send(3, "begun");
        send(3, "begun");
        deleteBelow(3, 1);
        store.run("INSERT INTO dead_letters (log_id, partition, offset, received_at, reason, recorded_at)"
                + " VALUES (1, 3, 0, now64(3), 'tenant_missing', now64(3))");
        try (RunningConsumer consumer = RunningConsumer.start(stack, "millrace.consumer.accepted-losses.3=1")) {
            awaitStopped(consumer, 3, "unexplained");
            assertThat(store.ledgerEnds().get(3)).isZero();
        }
        store.run("ALTER TABLE dead_letters DELETE WHERE partition = 3 SETTINGS mutations_sync = 2");
        try (RunningConsumer _ = RunningConsumer.start(stack, "millrace.consumer.accepted-losses.3=1")) {
            awaitStoredUpTo(3, 2);
        }
    }

    @Test
    void recordsDeletedUnderARunningConsumerStopThePartition() throws Exception {
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            send(2, "held");
            awaitStoredUpTo(2, log.end(2));
            servers.kill(Part.CLICKHOUSE);
            send(2, "held");
            // The partition is then paused, and a fetch that was under way has ended after half a second.
            await().atMost(Duration.ofSeconds(60))
                    .during(Duration.ofSeconds(2))
                    .until(() -> consumer.partition(2).path("state").asString(""), "retrying"::equals);
            long lost = log.end(2);
            send(2, "lost");
            send(2, "lost");
            deleteBelow(2, lost + 1);
            stack.clickHouse().start();

            awaitStopped(consumer, 2, "records_gone");
            awaitStoredUpTo(2, lost);
            assertThat(store.number("SELECT count() FROM events WHERE tenant = 'held'"))
                    .isEqualTo(2);
            assertThat(tenants("lost")).isEmpty();
        }
    }

    @Test
    void logThatEndsBeforeTheLedgerStopsThePartition() throws Exception {
        store.run("""
                INSERT INTO ledger (log_id, partition, kind, start_offset, end_offset, skipped, received_day, received_from,
                                    received_to, recorded_at)
                SELECT 1, 9, 'lost', 0, 1000, 1000, today(), now64(3), now64(3), now64(3)""");
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            awaitStopped(consumer, 9, "log_truncated");
            send(9, "beyond");
            send(10, "within");
            awaitStoredUpTo(10, log.end(10));
            assertThat(tenants("beyond", "within")).isEqualTo("within");
        }
    }

    @Test
    void recordWithoutAReceiptTimeStopsThePartition() throws Exception {
        timestampType("CreateTime");
        send(0, "whenever");
        timestampType("LogAppendTime");
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            awaitStopped(consumer, 0, "no_receipt_time");
            assertThat(tenants("whenever")).isEmpty();
        }
    }

    @Test
    void logThatLostItsEndUnderARunningConsumerStopsThePartition() throws Exception {
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            for (int i = 0; i < 5; i++) {
                send(6, "kept");
            }
            awaitStoredUpTo(6, log.end(6));
            servers.kill(Part.KAFKA);
            servers.emptyLog(6);
            stack.kafka().start();
            // It would get an offset that the ledger counts as stored.
            send(6, "reused");
            send(11, "untouched");

            awaitStopped(consumer, 6, "log_truncated");
            awaitStoredUpTo(11, log.end(11));
            assertThat(tenants("kept", "reused", "untouched")).isEqualTo("kept,untouched");
        }
    }

    private static void awaitStopped(RunningConsumer consumer, int partition, String problem) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(consumer.partition(partition).path("state").asString()).isEqualTo("stopped");
            assertThat(consumer.partition(partition).path("problem").asString()).isEqualTo(problem);
        });
    }

    private static void awaitStoredUpTo(int partition, long offset) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(store.ledgerEnds().get(partition)).isEqualTo(offset));
    }

    /** Another event each time: a further copy would not be stored. */
    private static void send(int partition, String tenant) throws Exception {
        send(partition, tenant, (int) log.end(partition));
    }

    private static void send(int partition, String tenant, int number) throws Exception {
        Event event = StoringIT.shop(number, THEN, 1);
        assertThat(log.send(TestLog.record(partition, tenant, event)).partition())
                .isEqualTo(partition);
    }

    @Test
    void eventWhoseFirstCopyMayHaveBeenDeletedStopsItsPartition() throws Exception {
        try (RunningConsumer _ = RunningConsumer.start(stack)) {
            send(8, "gone", 1);
            send(8, "kept", 2);
            awaitStoredUpTo(8, log.end(8));
        }
        deleteBelow(8, log.end(8) - 1);
        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            send(8, "kept", 2);
            long copies = log.end(8);
            awaitStoredUpTo(8, copies);
            send(8, "gone", 1);
            awaitStopped(consumer, 8, "history_gone");
            awaitStoredUpTo(8, copies);
        }
        String start = "millrace.consumer.accepted-losses.8=" + (log.end(8) - 3);
        try (RunningConsumer _ = RunningConsumer.start(stack, start)) {
            awaitStoredUpTo(8, log.end(8));
            assertThat(store.number("SELECT count() FROM events WHERE partition = 8 AND tenant = 'gone'"))
                    .as("with what is given up goes the knowledge that it was there")
                    .isEqualTo(2);
        }
    }

    private static void timestampType(String type) throws Exception {
        ConfigEntry entry = new ConfigEntry("message.timestamp.type", type);
        log.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, EventTopic.NAME),
                        List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private static void deleteBelow(int partition, long offset) throws Exception {
        log.admin()
                .deleteRecords(
                        Map.of(new TopicPartition(EventTopic.NAME, partition), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    /** Which of the tenants have events. */
    private static String tenants(String... among) {
        return store.rows("SELECT arrayStringConcat(arraySort(groupUniqArray(toString(tenant))), ',') AS names"
                        + " FROM events WHERE tenant IN ('" + String.join("','", among) + "')")
                .getFirst()
                .getString("names");
    }
}
