package io.millrace.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.consumer.store.Intent;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.localstack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a dead owner can leave behind, a partition each: its last range is taken back to that state, and the next owner
 * makes it whole without storing anything twice.
 */
class TakeoverIT {
    private static final List<String> TABLES = List.of("events", "events_per_minute", "events_per_hour");
    private static final int EACH = 100;

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
    void nextOwnerCompletesWhateverWasLeft() throws Exception {
        // A partition's hundred events are one range, however they come.
        try (RunningConsumer consumer = RunningConsumer.start(
                stack, "millrace.consumer.range-rows-max=" + EACH, "millrace.consumer.range-age=365d")) {
            postEverywhere("before");
            StoringIT.awaitAllStored(log, store);
            assertThat(consumer.count("millrace.consumer.repairs", "table", "events"))
                    .as("first ranges of a first process are stored at the first attempt")
                    .isZero();
            postEverywhere("half");
            StoringIT.awaitAllStored(log, store);
        }
        // Bit by bit: which of the three tables had got the range when its owner died, its intent being committed.
        for (int had = 0; had < 8; had++) {
            for (int table = 0; table < TABLES.size(); table++) {
                if ((had & 1 << table) == 0) {
                    takeOut(had, TABLES.get(table));
                }
            }
            takeOutOfLedger(had);
            Instant deadline = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(had);
            log.commit(had, EACH, new Intent(EACH, 2 * EACH, 0, deadline, had).metadata());
        }
        // Kafka lost the intent and has one of long ago; and once more, with a commit that was ahead of the ledger.
        takeOut(8, "events_per_hour");
        takeOutOfLedger(8);
        log.commit(8, EACH, new Intent(0, EACH, 0, Instant.EPOCH, 0).metadata());
        takeOut(9, "events");
        takeOutOfLedger(9);
        log.commit(9, 2 * EACH, "");
        // All is stored, as far as one can see, and another version left an intent that this one cannot read.
        log.commit(10, 2 * EACH, "2,whatever that means");
        Instant unknown = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Intent.TIME_MAX);
        // A power cut took back what the ledger has, and its owner died while it was storing that again.
        takeOut(11, "events_per_minute");
        Instant again = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(20);
        log.commit(11, EACH, new Intent(EACH, 2 * EACH, 0, again, 2).metadata());

        try (RunningConsumer consumer = RunningConsumer.start(stack)) {
            postEverywhere("after");
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(store.ledgerEnds()).isEqualTo(log.ends()));
            assertThat(consumer.count("millrace.consumer.repairs", "table", "events"))
                    .as("four of the eight, and partition 9")
                    .isEqualTo(5);
            assertThat(consumer.count("millrace.consumer.repairs", "table", "events_per_minute"))
                    .as("four of the eight, and partition 11, whose range the ledger had")
                    .isEqualTo(5);
            assertThat(consumer.count("millrace.consumer.repairs", "table", "events_per_hour"))
                    .isEqualTo(5);
        }
        assertThat(recordedAt(11, EACH))
                .as("nothing is repaired while the owner before may still be at it")
                .isGreaterThanOrEqualTo(again.getEpochSecond());
        assertThat(recordedAt(10, 2 * EACH))
                .as("nothing is stored while an owner before may still be at something")
                .isGreaterThanOrEqualTo(unknown.getEpochSecond());
        store.assertLedgerIsWhole();
        for (int partition = 0; partition < TestLog.PARTITIONS; partition++) {
            assertStoredOnce(partition);
        }
    }

    private static void postEverywhere(String type) throws Exception {
        for (int i = 0; i < EACH; i++) {
            for (int partition = 0; partition < TestLog.PARTITIONS; partition++) {
                Event event = new Event(
                        EventId.of(UUID.randomUUID()),
                        type,
                        null,
                        "u" + i,
                        "",
                        "",
                        new Amount(i * 1_000_000L),
                        null,
                        1);
                log.post(TestLog.record(partition, "takeover", event));
            }
        }
        log.awaitPosted();
    }

    private static void takeOut(int partition, String table) throws Exception {
        store.run("ALTER TABLE %s DELETE WHERE partition = %d AND event_type = 'half' SETTINGS mutations_sync = 2"
                .formatted(table, partition));
    }

    private static void takeOutOfLedger(int partition) throws Exception {
        assertThat(store.number("SELECT count() FROM ledger FINAL WHERE kind = 'stored' AND start_offset = " + EACH
                        + " AND partition = " + partition))
                .as("what was sent together is one range")
                .isEqualTo(1);
        store.run(
                "ALTER TABLE ledger DELETE WHERE kind = 'stored' AND start_offset >= %d AND partition = %d SETTINGS mutations_sync = 2"
                        .formatted(EACH, partition));
    }

    private static void assertStoredOnce(int partition) {
        String amounts = Integer.toString(3 * EACH * (EACH - 1) / 2);
        GenericRecord events = only("SELECT toInt64(count()) AS rows, toInt64(uniqExact(offset)) AS offsets,"
                + " toString(sum(order_amount)) AS amounts FROM events WHERE partition = " + partition);
        assertThat(events.getLong("rows")).as("partition %d", partition).isEqualTo(3 * EACH);
        assertThat(events.getLong("offsets")).isEqualTo(3 * EACH);
        assertThat(events.getString("amounts")).isEqualTo(amounts);
        for (String view : TABLES.subList(1, 3)) {
            GenericRecord row = only(
                    "SELECT toInt64(sum(rows)) AS rows, toString(sum(amount_sum)) AS amounts, toInt64(uniqMerge(users)) AS users FROM "
                            + view + " WHERE partition = " + partition);
            assertThat(row.getLong("rows")).as("%s of %d", view, partition).isEqualTo(3 * EACH);
            assertThat(row.getString("amounts")).isEqualTo(amounts);
            assertThat(row.getLong("users")).isEqualTo(EACH);
        }
    }

    private static long recordedAt(int partition, long startOffset) {
        return store.number(
                "SELECT toUnixTimestamp(recorded_at) FROM ledger FINAL WHERE kind = 'stored' AND partition = %d AND start_offset = %d"
                        .formatted(partition, startOffset));
    }

    private static GenericRecord only(String sql) {
        return store.rows(sql).getFirst();
    }
}
