package io.millrace.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.clickhouse.client.api.query.GenericRecord;
import io.micrometer.core.instrument.Counter;
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
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ranges of logs that no one else uses, into the real tables. */
class RangeStoreIT {
    private static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");
    private static final RangeLimits WIDE = new RangeLimits(RangeLimits.ROWS_MAX, 1L << 30, Duration.ofDays(1));
    private static final AtomicBoolean OURS = new AtomicBoolean();
    private static final Outcome STORED = new Outcome.Stored();
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
    private static final List<String> TABLES = List.of("events", "events_per_minute", "events_per_hour");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestStore tables;
    private RangeStore store;
    private LogPartition partition;

    @BeforeEach
    void open(TestInfo test) {
        tables = new TestStore(LocalStack.shared().clickHouse().url());
        // A log of its own for each test, far away from that of the shared stack.
        partition = new LogPartition(1_000 + Math.floorMod(test.getDisplayName().hashCode(), 1_000_000), 5);
        store = store(InsertBody.LZ4);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void furtherAttemptChangesNothingWhereAllIsThere() {
        Range range = range(events(0, 1_000));
        assertThat(first(range)).isEqualTo(STORED);
        assertThat(again(range, 1)).isEqualTo(STORED);
        assertThat(counts()).containsExactly(1_000L, 1_000L, 1_000L);
        assertThat(repairs()).isZero();
    }

    @Test
    void furtherAttemptFillsTheTablesThatLackTheRangeAndNoOthers() throws Exception {
        first(range(events(0, 50)));
        Range range = range(50, events(50, 150));
        first(range);
        List<String> repaired = new ArrayList<>();
        for (int lacking = 1; lacking < 8; lacking++) {
            for (int table = 0; table < 3; table++) {
                if ((lacking & 1 << table) != 0) {
                    takeOut(TABLES.get(table), 50);
                    repaired.add(TABLES.get(table));
                }
            }
            assertThat(again(range, lacking)).isEqualTo(STORED);
            assertThat(counts()).as("lacking %s", lacking).containsExactly(150L, 150L, 150L);
            assertThat(repairs()).isEqualTo(repaired.size());
        }
        assertThat(sums()).as("sums of both views").containsExactly(sum(0, 150), sum(0, 150), sum(0, 150));
    }

    @Test
    void attemptWhoseTokenIsNotedAndWhoseRowsAreNotIsFollowedByAnother() throws Exception {
        Range range = range(events(0, 100));
        first(range);
        takeOut("events");
        again(range, 1);
        // As after a kill between the token being noted and the part being there: the token stays, the rows do not.
        takeOut("events");
        assertThatThrownBy(() -> again(range, 1))
                .isInstanceOfSatisfying(
                        OutsideTrouble.class,
                        trouble -> assertThat(trouble.code()).isEqualTo("rows_missing"));
        assertThat(again(range, 2)).isEqualTo(STORED);
        assertThat(counts()).containsExactly(100L, 100L, 100L);
    }

    @Test
    void whatNobodyCanExplainIsLeftAlone() throws Exception {
        Range range = range(events(0, 100));
        first(range);
        tables.run("ALTER TABLE events DELETE WHERE log_id = " + partition.logId()
                + " AND offset = 7 SETTINGS mutations_sync = 2");
        assertThat(again(range, 1))
                .isInstanceOfSatisfying(
                        Outcome.Unexplained.class,
                        unexplained -> assertThat(unexplained.message()).contains("events has 99 of its 100 rows"));
        assertThat(counts()).containsExactly(99L, 100L, 100L);
    }

    @Test
    void writesThatReachTheServerTooLateAreRefused() throws Exception {
        Range range = range(events(0, 100));
        Intent late = new Intent(0, 100, 4, Instant.now().truncatedTo(ChronoUnit.SECONDS), 0);
        assertThatThrownBy(() -> store.write(range, late, OURS))
                .isInstanceOfSatisfying(OutsideTrouble.class, trouble -> {
                    assertThat(trouble.code()).isEqualTo("clickhouse_395");
                    assertThat(trouble.isOver()).isTrue();
                });
        assertThat(counts()).containsExactly(0L, 0L, 0L);
        assertThat(store.ledger().end(partition)).isEmpty();
        first(range);
        takeOut("events_per_hour");
        Intent lateAgain = new Intent(0, 100, 4, late.deadline(), 1);
        assertThatThrownBy(() -> store.write(range, lateAgain, OURS)).isInstanceOf(OutsideTrouble.class);
        assertThat(counts()).containsExactly(100L, 100L, 0L);
    }

    @Test
    void fenceIsClosedOnceTheDeadlineHasPassedAndNothingRuns() {
        assertThat(store.fence().close(partition, store.clock().now().plusSeconds(30)))
                .isBetween(Duration.ofSeconds(28), Duration.ofSeconds(31));
        assertThat(store.fence().close(partition, store.clock().now().minusSeconds(1)))
                .isZero();
    }

    @Test
    void fenceKillsWhatStillRunsOfThePartitionAlone() throws Exception {
        String others = new LogPartition(partition.logId(), 50) + "-x-" + UUID.randomUUID();
        try (Running mine = Running.start(tables, partition + "-x-" + UUID.randomUUID());
                Running other = Running.start(tables, others)) {
            await().until(() -> store.fence().close(partition, Instant.EPOCH).isZero());
            await().until(mine::hasEnded);
            assertThat(other.hasEnded()).isFalse();
        }
    }

    @Test
    void lastRangeOfALedgerIsLookedFor() throws Exception {
        Instant now = Instant.now();
        List<ConsumerRecord<byte[], byte[]>> today = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            today.add(Records.event(i, now, 4, Event.ofType("e").withId(EventId.of("id-" + i))));
        }
        Range range = range(today);
        first(range);
        assertThat(store.look(range.entry())).isEqualTo(new RangeStore.LastRange.Whole());
        takeOut("events_per_minute");
        assertThat(store.look(range.entry())).isEqualTo(new RangeStore.LastRange.Lacking("[MINUTE]"));
        takeOut("events", 3);
        assertThat(store.look(range.entry())).isInstanceOf(RangeStore.LastRange.Unexplained.class);
        assertThat(store.look(range(events(0, 10)).entry()))
                .as("a day that is sealed is retention's")
                .isEqualTo(new RangeStore.LastRange.Whole());
    }

    @Test
    void tablesEndBehindTheirLastRow() throws Exception {
        LocalDate day = LocalDate.of(2026, 11, 19);
        assertThat(store.end(partition, day)).isZero();
        first(range(events(0, 1)));
        assertThat(store.end(partition, day)).isEqualTo(1);
        takeOut("events");
        assertThat(store.end(partition, day)).as("the views have it").isEqualTo(1);
    }

    @Test
    void ledgerEndsWhereTheLastRangeEnds() {
        assertThat(store.ledger().end(partition)).isEmpty();
        LedgerEntry entry = range(events(0, 10)).entry();
        first(range(events(0, 10)));
        assertThat(store.ledger().end(partition))
                .contains(new LedgerTable.End(new RangeCutter.Start(10, NOON.plusMillis(9), 4), Optional.of(entry)));
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
    void deadLettersWrittenAgainAreOneEach() {
        List<ConsumerRecord<byte[], byte[]>> letters =
                List.of(Records.nobodys(0, NOON), Records.nobodys(1, NOON), Records.nobodys(2, NOON));
        first(range(letters));
        again(range(letters), 1);
        assertThat(tables.number("SELECT count() FROM dead_letters FINAL WHERE log_id = " + partition.logId()))
                .isEqualTo(3);
    }

    @Test
    void abandonedRangeIsNotBegun() {
        Range range = range(events(0, 10));
        AtomicBoolean abandoned = new AtomicBoolean(true);
        assertThat(store.write(range, intent(range, 0), abandoned)).isEqualTo(new Outcome.Abandoned());
        assertThat(store.write(range, intent(range, 1), abandoned)).isEqualTo(new Outcome.Abandoned());
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
        assertThatThrownBy(() -> new Statements(tables.access(InsertBody.LZ4))
                        .insert(
                                "events_in",
                                block,
                                FAR,
                                InsertTerms.events("token-" + partition, QueryIds.next("test"))))
                .isInstanceOfSatisfying(
                        OutsideTrouble.class,
                        trouble -> assertThat(trouble.code()).isEqualTo("clickhouse_252"));
    }

    @ParameterizedTest
    @EnumSource(InsertBody.class)
    void everyEventComesBackAsItWas(InsertBody body) {
        Random random = new Random(42);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<Event> sent = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Event event = randomEvent(random);
            sent.add(event);
            records.add(Records.event(i, NOON, 4, event));
        }
        Range range = range(records);
        assertThat(store(body).write(range, intent(range, 0), OURS)).isEqualTo(STORED);
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
                            EventId.of(new UUID(random.nextLong(), random.nextLong())),
                            "type-" + i % 1_000,
                            timestamp,
                            "u" + i,
                            "",
                            "",
                            null,
                            null,
                            1)));
        }
        first(range(records));
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
        assertThatThrownBy(() -> new Statements(tables.access(InsertBody.LZ4))
                        .rows("SELECT * FROM no_such_table", Map.of(), row -> row))
                .isInstanceOfSatisfying(
                        OutsideTrouble.class,
                        trouble -> assertThat(trouble.code()).isEqualTo("clickhouse_60"));
    }

    private RangeStore store(InsertBody body) {
        RangeStore opened = new RangeStore(
                tables.access(body), new StoreMeters(new Meters(registry), System::nanoTime), System::nanoTime);
        // As at every opening of a partition; from then on the server's clock is known.
        assertThat(opened.fence().close(partition, Instant.EPOCH)).isZero();
        return opened;
    }

    private Outcome first(Range range) {
        return store.write(range, intent(range, 0), OURS);
    }

    private Outcome again(Range range, int attempt) {
        return store.write(range, intent(range, attempt), OURS);
    }

    private static Intent intent(Range range, int attempt) {
        return new Intent(range.entry().startOffset(), range.entry().endOffset(), 4, FAR, attempt);
    }

    /** Takes out of a table what it has of the partition. */
    private void takeOut(String table) throws Exception {
        takeOut(table, 0);
    }

    private void takeOut(String table, int from) throws Exception {
        String offset = table.equals("events") ? "offset" : "offset_max";
        tables.run("ALTER TABLE " + table + " DELETE WHERE log_id = " + partition.logId() + " AND " + offset + " >= "
                + from + " SETTINGS mutations_sync = 2");
    }

    private double repairs() {
        return registry.find("millrace.consumer.repairs").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private List<Long> counts() {
        return TABLES.stream().map(this::count).toList();
    }

    private long count(String table) {
        String rows = table.equals("events") ? "count()" : "sum(rows)";
        return tables.number("SELECT " + rows + " FROM " + table + " WHERE log_id = " + partition.logId());
    }

    private List<String> sums() {
        return List.of(
                text("SELECT toString(sum(order_amount)) AS text FROM events"),
                text("SELECT toString(sum(amount_sum)) AS text FROM events_per_minute"),
                text("SELECT toString(sum(amount_sum)) AS text FROM events_per_hour"));
    }

    private String text(String sql) {
        return tables.rows(sql + " WHERE log_id = " + partition.logId())
                .getFirst()
                .getString("text");
    }

    private static String sum(long from, long to) {
        return Long.toString((to - from) * (from + to - 1) / 2);
    }

    private Range range(List<ConsumerRecord<byte[], byte[]>> records) {
        return range(0, records);
    }

    private Range range(long start, List<ConsumerRecord<byte[], byte[]>> records) {
        RangeCutter cutter = new RangeCutter(partition, new RangeCutter.Start(start, NOON, 4), RangeCutter.NOT_PINNED);
        records.forEach(record ->
                assertThat(cutter.add(record, Records.fate(record), WIDE, at())).isEmpty());
        return cutter.cut().orElseThrow();
    }

    private static List<ConsumerRecord<byte[], byte[]>> events(int from, int to) {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Event event = new Event(
                    EventId.of("id-" + i),
                    "of range " + i / 50,
                    null,
                    "u" + i,
                    "",
                    "",
                    new Amount(i * 1_000_000L),
                    null,
                    1);
            events.add(Records.event(i, NOON.plusMillis(i % 1_000), 4, event));
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
