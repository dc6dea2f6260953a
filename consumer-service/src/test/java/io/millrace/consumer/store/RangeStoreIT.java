package io.millrace.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.query.GenericRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.consumer.TestStore;
import io.millrace.consumer.block.NativeBlock;
import io.millrace.consumer.block.NumberColumn;
import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.Range;
import io.millrace.consumer.range.RangeCutter;
import io.millrace.consumer.range.RangeLimits;
import io.millrace.consumer.range.Records;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventProperties;
import io.millrace.kit.metrics.Meters;
import io.millrace.localstack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Ranges of logs that no one else uses, into the real tables. */
class RangeStoreIT {
    private static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");
    private static final RangeLimits WIDE = new RangeLimits(RangeLimits.ROWS_MAX, 1L << 30, Duration.ofDays(1));
    private static final AtomicBoolean OURS = new AtomicBoolean();
    private static final List<String> TABLES = List.of("events", "events_per_minute", "events_per_hour");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestStore tables;
    private RangeStore store;
    private LogPartition partition;

    @BeforeEach
    void open(TestInfo test) {
        tables = new TestStore(LocalStack.shared().clickHouse().url());
        store = new RangeStore(tables.clientOfServices(), new StoreMeters(new Meters(registry), System::nanoTime));
        // A log of its own for each test, far away from that of the shared stack.
        partition = new LogPartition(1_000 + Math.floorMod(test.getDisplayName().hashCode(), 1_000_000), 5);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void doubtfulReplayOfWhatIsThereChangesNothing() {
        Range range = range(events(0, 1_000));
        assertThat(store.store(range, false, OURS)).isTrue();
        assertThat(store.store(range, true, OURS)).isTrue();
        assertThat(counts()).containsExactly(1_000L, 1_000L, 1_000L);
        assertThat(registry.get("millrace.consumer.resent").counter().count()).isZero();
    }

    @Test
    void doubtfulReplayFillsInWhatTheServerOnlyBelievesToHave() throws Exception {
        for (String table : TABLES) {
            Range range = range(events(0, 100));
            store.store(range, false, OURS);
            // As after a kill between the token being noted and the part being there: the token stays, the rows do not.
            tables.run("ALTER TABLE " + table + " DELETE WHERE log_id = " + partition.logId()
                    + " SETTINGS mutations_sync = 2");

            assertThat(store.store(range, false, OURS)).isTrue();
            assertThat(count(table))
                    .as("the token alone is answered with success")
                    .isZero();
            assertThat(store.store(range, true, OURS)).isTrue();
            assertThat(counts()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(100));
        }
        assertThat(registry.get("millrace.consumer.resent").counter().count()).isEqualTo(3);
    }

    @Test
    void ledgerEndsWhereTheLastRangeEnds() {
        assertThat(store.ledger().end(partition)).isEmpty();
        store.store(range(events(0, 10)), false, OURS);
        assertThat(store.ledger().end(partition)).contains(new RangeCutter.Start(10, NOON.plusMillis(9), 4));
        LedgerEntry entry = range(events(0, 10)).entry();
        GenericRecord row = tables.rows("SELECT *, toUnixTimestamp64Milli(received_from) AS received,"
                        + " server_started_at <= now() AND server_started_at > now() - INTERVAL 1 DAY AS started"
                        + " FROM ledger FINAL WHERE log_id = " + partition.logId())
                .getFirst();
        assertThat(row.getString("kind")).isEqualTo("stored");
        assertThat(row.getLong("stored")).isEqualTo(10);
        assertThat(row.getObject("received_day")).hasToString("2026-11-19");
        assertThat(row.getLong("received")).isEqualTo(entry.receivedFrom().toEpochMilli());
        assertThat(row.getBoolean("started")).isTrue();
    }

    @Test
    void laterRowOfARangeReplacesTheEarlier() {
        store.store(range(events(0, 10)), false, OURS);
        store.store(range(events(0, 20)), true, OURS);
        assertThat(tables.number("SELECT count() FROM ledger FINAL WHERE log_id = " + partition.logId()))
                .isEqualTo(1);
        assertThat(store.ledger().end(partition).orElseThrow().nextOffset()).isEqualTo(20);
    }

    @Test
    void deadLettersWrittenAgainAreOneEach() {
        List<ConsumerRecord<byte[], byte[]>> letters =
                List.of(Records.nobodys(0, NOON), Records.nobodys(1, NOON), Records.nobodys(2, NOON));
        store.store(range(letters), false, OURS);
        store.store(range(letters), true, OURS);
        assertThat(tables.number("SELECT count() FROM dead_letters FINAL WHERE log_id = " + partition.logId()))
                .isEqualTo(3);
    }

    @Test
    void abandonedRangeIsNotBegun() {
        assertThat(store.store(range(events(0, 10)), false, new AtomicBoolean(true)))
                .isFalse();
        assertThat(counts()).containsExactly(0L, 0L, 0L);
        assertThat(store.ledger().end(partition)).isEmpty();
    }

    @Test
    void blockOverTwoDaysOfReceiptIsRefusedByTheServer() {
        // The cutter makes none; should it ever, the terms of the insert keep it from becoming two parts.
        NativeBlock block = new NativeBlock();
        NumberColumn receivedAt = block.longs("received_at", "DateTime64(3, 'UTC')");
        for (Instant received : List.of(NOON, NOON.plus(Duration.ofDays(1)))) {
            receivedAt.add(received.toEpochMilli());
            block.endRow();
        }
        assertThatThrownBy(() -> new Statements(tables.clientOfServices())
                        .insert("events_in", block, InsertTerms.events("token-" + partition, QueryIds.next("test"))))
                .isInstanceOfSatisfying(
                        OutsideTrouble.class,
                        trouble -> assertThat(trouble.code()).isEqualTo("clickhouse_252"));
    }

    @Test
    void everyEventComesBackAsItWas() {
        Random random = new Random(42);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<Event> sent = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Event event = randomEvent(random);
            sent.add(event);
            records.add(Records.event(i, NOON, 4, event));
        }
        store.store(range(records), false, OURS);
        List<GenericRecord> rows = tables.rows("""
                SELECT *, toUnixTimestamp64Milli(timestamp) AS at, toString(order_amount) AS amount
                FROM events WHERE log_id = %d ORDER BY offset""".formatted(partition.logId()));
        assertThat(rows).hasSameSizeAs(sent);
        for (int i = 0; i < rows.size(); i++) {
            assertSame(rows.get(i), sent.get(i), i);
        }
    }

    @Test
    void largeRangeIsOnePartInEveryTable() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            Instant timestamp = NOON.minusSeconds(random.nextInt(90 * 24 * 3_600));
            records.add(Records.event(
                    i,
                    NOON,
                    4,
                    new Event(
                            EventId.of(new UUID(i, i)),
                            "type-" + i % 1_000,
                            timestamp,
                            "u" + i,
                            "",
                            "",
                            null,
                            null,
                            1)));
        }
        store.store(range(records), false, OURS);
        assertThat(counts()).containsExactly(100_000L, 100_000L, 100_000L);
        tables.run("SYSTEM FLUSH LOGS");
        for (String table : TABLES) {
            assertThat(tables.number("SELECT count() FROM system.part_log WHERE event_type = 'NewPart' AND table = '"
                            + table + "' AND query_id LIKE '" + partition + "-%'"))
                    .as(table)
                    .isEqualTo(1);
        }
    }

    @Test
    void whatTheServerRefusesIsTroubleFromOutsideWithItsCode() {
        assertThatThrownBy(
                        () -> new Statements(tables.clientOfServices()).rows("SELECT * FROM no_such_table", Map.of()))
                .isInstanceOfSatisfying(
                        OutsideTrouble.class,
                        trouble -> assertThat(trouble.code()).isEqualTo("clickhouse_60"));
    }

    private List<Long> counts() {
        return TABLES.stream().map(this::count).toList();
    }

    private long count(String table) {
        String rows = table.equals("events") ? "count()" : "sum(rows)";
        return tables.number("SELECT " + rows + " FROM " + table + " WHERE log_id = " + partition.logId());
    }

    private Range range(List<ConsumerRecord<byte[], byte[]>> records) {
        RangeCutter cutter = new RangeCutter(partition, new RangeCutter.Start(0, NOON, 4));
        records.forEach(record ->
                assertThat(cutter.add(record, Records.fate(record), WIDE, at())).isEmpty());
        return cutter.cut().orElseThrow();
    }

    private static List<ConsumerRecord<byte[], byte[]>> events(int from, int to) {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(Records.event(
                    i, NOON.plusMillis(i % 1_000), 4, Event.ofType("e").withId(EventId.of("id-" + i))));
        }
        return events;
    }

    private static RangeCutter.Moment at() {
        return new RangeCutter.Moment(NOON, 0);
    }

    private static Event randomEvent(Random random) {
        return new Event(
                random.nextBoolean()
                        ? EventId.of(new UUID(random.nextLong(), random.nextLong()))
                        : EventId.of("t" + random.nextLong()),
                "type-" + random.nextInt(300),
                Instant.ofEpochMilli(random.nextLong(NOON.toEpochMilli())),
                text(random, 80),
                text(random, 60),
                text(random, 3),
                random.nextBoolean() ? null : new Amount(random.nextLong(-Amount.MICROS_MAX, Amount.MICROS_MAX + 1)),
                random.nextInt(4) == 0
                        ? null
                        : EventProperties.of("{\"k%d\":\"%s\",\"é\":%d}"
                                .formatted(random.nextInt(200), text(random, 300), random.nextInt())),
                1 + random.nextInt(1_000_000));
    }

    private static String text(Random random, int lengthMax) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(lengthMax);
        while (text.length() < length) {
            text.append(random.nextInt(3) == 0 ? "ß" : random.nextInt(20) == 0 ? "😀" : "x");
        }
        return text.toString();
    }

    private static void assertSame(GenericRecord row, Event event, int offset) {
        EventId id = Objects.requireNonNull(event.id());
        Amount amount = event.orderAmount();
        EventProperties properties = event.properties();
        assertThat(row.getLong("offset")).isEqualTo(offset);
        assertThat(row.getUUID("event_id")).isEqualTo(id.uuid());
        assertThat(row.getString("event_id_text")).isEqualTo(id.text());
        assertThat(row.getString("event_type")).isEqualTo(event.type());
        assertThat(row.getLong("at"))
                .isEqualTo(Objects.requireNonNull(event.timestamp()).toEpochMilli());
        assertThat(row.getString("user_id")).isEqualTo(event.userId());
        assertThat(row.getString("session_id")).isEqualTo(event.sessionId());
        assertThat(row.getString("product_id")).isEqualTo(event.productId());
        assertThat(row.getString("amount")).isEqualTo(amount == null ? null : amount.toString());
        assertThat(row.getObject("properties")).isEqualTo(properties == null ? Map.of() : properties.toTextMap());
        assertThat(row.getLong("weight")).isEqualTo(event.weight());
    }
}
