package io.millrace.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventProperties;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import io.millrace.log.RecordReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records of foreign producers, through the running service, into every table. */
class StoringIT {
    private static LocalStack stack;
    private static TestLog log;
    private static TestStore store;
    private static RunningConsumer consumer;

    @BeforeAll
    static void start() {
        stack = LocalStack.shared();
        log = new TestLog(stack.kafka().url());
        store = new TestStore(stack.clickHouse().url());
        consumer = RunningConsumer.start(stack);
    }

    @AfterAll
    static void stop() {
        consumer.close();
        store.close();
        log.close();
    }

    static void awaitAllStored(TestLog log, TestStore store) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(store.ledgerEnds()).isEqualTo(log.ends()));
    }

    @Test
    void everyFieldOfAnEventIsStoredAsSent() throws Exception {
        UUID id = UUID.randomUUID();
        Event event = new Event(
                EventId.of(id),
                "purchase",
                Instant.parse("2001-09-09T01:46:40.123Z"),
                "user-ü",
                "session",
                "product",
                Amount.of(new BigDecimal("-12.345678")),
                EventProperties.of("{\"a\":\"b\",\"n\":66,\"t\":\"66\",\"o\":{\"x\":[1]},\"e\":\"\"}"),
                7);
        RecordMetadata place = log.send(TestLog.record("fields", event));
        awaitAllStored(log, store);

        GenericRecord row = store.rows("SELECT *, toString(order_amount) AS amount, toString(timestamp) AS at,"
                        + " toUnixTimestamp64Milli(received_at) AS received FROM events WHERE tenant = 'fields'")
                .getFirst();
        assertThat(row.getUUID("event_id")).isEqualTo(id);
        assertThat(row.getString("event_id_text")).isEmpty();
        assertThat(row.getString("event_type")).isEqualTo("purchase");
        assertThat(row.getString("at")).isEqualTo("2001-09-09 01:46:40.123");
        assertThat(row.getLong("received")).isEqualTo(place.timestamp());
        assertThat(row.getString("user_id")).isEqualTo("user-ü");
        assertThat(row.getString("session_id")).isEqualTo("session");
        assertThat(row.getString("product_id")).isEqualTo("product");
        assertThat(row.getString("amount")).isEqualTo("-12.345678");
        assertThat(row.getObject("properties"))
                .isEqualTo(Map.of("a", "b", "n", "66", "t", "\"66\"", "o", "{\"x\":[1]}", "e", ""));
        assertThat(row.getLong("weight")).isEqualTo(7);
        assertThat(row.getLong("log_id")).isEqualTo(1);
        assertThat(row.getInteger("partition")).isEqualTo(place.partition());
        assertThat(row.getLong("offset")).isEqualTo(place.offset());
    }

    @Test
    void eventWithoutAnythingButATypeIsStored() throws Exception {
        RecordMetadata place = log.send(TestLog.raw(
                3,
                null,
                "{\"event_type\":\"bare\"}".getBytes(UTF_8),
                Map.of(EventTopic.TENANT_HEADER, "bare", EventTopic.CONTENT_TYPE_HEADER, "application/json")));
        awaitAllStored(log, store);

        GenericRecord row = store.rows("SELECT *, toUnixTimestamp64Milli(timestamp) AS at, isNull(order_amount) AS none"
                        + " FROM events WHERE tenant = 'bare'")
                .getFirst();
        assertThat(row.getUUID("event_id"))
                .isEqualTo(EventId.atPosition(1, 3, place.offset()).uuid());
        assertThat(row.getLong("at")).isEqualTo(place.timestamp());
        assertThat(row.getBoolean("none")).isTrue();
        assertThat(row.getObject("properties")).isEqualTo(Map.of());
    }

    @Test
    void sumsOfRawRowsAndBothViewsAreWhatWasSent() throws Exception {
        long micros = 0;
        for (int i = 0; i < 5_000; i++) {
            long amount = 1_000_001L * i;
            micros += amount;
            log.post(TestLog.record(
                    "sums", shop(i, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(7L * i), amount)));
        }
        log.awaitPosted();
        awaitAllStored(log, store);

        String expected = new Amount(micros).toString();
        assertThat(store.number("SELECT count() FROM events WHERE tenant = 'sums'"))
                .isEqualTo(5_000);
        for (String sum : List.of(
                "SELECT toString(sum(order_amount)) AS sum FROM events WHERE tenant = 'sums'",
                "SELECT toString(sum(amount_sum)) AS sum FROM events_per_minute WHERE tenant = 'sums'",
                "SELECT toString(sum(amount_sum)) AS sum FROM events_per_hour WHERE tenant = 'sums'")) {
            assertThat(store.rows(sum).getFirst().getString("sum")).isEqualTo(expected);
        }
        for (String view : List.of("events_per_minute", "events_per_hour")) {
            assertThat(store.number("SELECT sum(rows) FROM " + view + " WHERE tenant = 'sums'"))
                    .isEqualTo(5_000);
            assertThat(store.number("SELECT uniqMerge(users) FROM " + view + " WHERE tenant = 'sums'"))
                    .isEqualTo(100);
        }
        assertThat(store.number(
                        "SELECT count() FROM (SELECT DISTINCT minute FROM events_per_minute WHERE tenant = 'sums')"))
                .isEqualTo(5_000 * 7 / 60 + 1);
    }

    @Test
    void furtherCopiesAreCountedAndStoredOnce() throws Exception {
        long before = store.number("SELECT sum(duplicates) FROM ledger FINAL");
        Event event = shop(1, Instant.parse("2026-01-01T00:00:00Z"), 1);
        for (String tenant : List.of("copies", "copies", "copies2", "copies")) {
            log.post(TestLog.record(8, tenant, event));
        }
        log.awaitPosted();
        awaitAllStored(log, store);

        for (String rows : List.of("count() FROM events", "sum(rows) FROM events_per_minute")) {
            assertThat(store.number("SELECT " + rows + " WHERE tenant = 'copies'"))
                    .isEqualTo(1);
            assertThat(store.number("SELECT " + rows + " WHERE tenant = 'copies2'"))
                    .isEqualTo(1);
        }
        assertThat(store.number("SELECT sum(duplicates) FROM ledger FINAL")).isEqualTo(before + 2);
        store.assertLedgerIsWhole();
    }

    @Test
    void recordsThatAreNoEventsAreKeptWholeWithTheReason() throws Exception {
        byte[] wrong = {(byte) 0xFF, 0, (byte) 0x80, 10};
        byte[] key = {0, 1, (byte) 0xFE};
        long before = store.number("SELECT count() FROM dead_letters FINAL");
        RecordMetadata malformed =
                log.send(TestLog.raw(4, key, wrong, Map.of(EventTopic.TENANT_HEADER, "dead", "x", "ÿ")));
        RecordMetadata nobodys = log.send(TestLog.raw(4, null, wrong, Map.of()));
        RecordMetadata empty = log.send(TestLog.raw(4, key, null, Map.of(EventTopic.TENANT_HEADER, "dead")));
        awaitAllStored(log, store);

        assertThat(store.number("SELECT count() FROM dead_letters FINAL")).isEqualTo(before + 3);
        GenericRecord letter = letter(malformed);
        assertThat(letter.getString("reason")).isEqualTo("malformed_protobuf");
        assertThat(letter.getString("tenant")).isEqualTo("dead");
        assertThat(letter.getString("value_hex")).isEqualTo("FF00800A");
        assertThat(letter.getString("key_hex")).isEqualTo("0001FE");
        assertThat(letter.getBoolean("value_absent")).isFalse();
        assertThat(letter.getString("headers_text")).contains("('x','ÿ')").contains("('millrace-tenant','dead')");
        assertThat(letter.getLong("received")).isEqualTo(malformed.timestamp());
        assertThat(letter(nobodys).getString("reason")).isEqualTo(RecordReader.TENANT_MISSING);
        assertThat(letter(nobodys).getString("tenant")).isEmpty();
        assertThat(letter(empty).getString("reason")).isEqualTo(RecordReader.VALUE_MISSING);
        assertThat(letter(empty).getBoolean("value_absent")).isTrue();
        assertThat(consumer.count("millrace.consumer.dead.letters", "reason", RecordReader.VALUE_MISSING))
                .isEqualTo(1);
        store.assertLedgerIsWhole();
    }

    @Test
    void abortedTransactionsAreSkippedAndAccountedFor() throws Exception {
        long skippedBefore = store.number("SELECT sum(skipped) FROM ledger FINAL WHERE partition = 6");
        try (KafkaProducer<byte[], byte[]> producer =
                log.producer(Map.of("transactional.id", "foreign", "transaction.timeout.ms", 10_000))) {
            producer.initTransactions();
            transact(producer, "aborted", 10, false);
            transact(producer, "committed", 20, true);
            // The partition ends with offsets that hold no records for us: only the consumer's position tells of them.
            transact(producer, "aborted", 30, false);
        }
        awaitAllStored(log, store);

        assertThat(store.number("SELECT count() FROM events WHERE tenant = 'aborted'"))
                .isZero();
        assertThat(store.number("SELECT count() FROM events WHERE tenant = 'committed'"))
                .isEqualTo(20);
        assertThat(store.number("SELECT sum(skipped) FROM ledger FINAL WHERE partition = 6") - skippedBefore)
                .as("40 aborted records and three markers")
                .isEqualTo(43);
        store.assertLedgerIsWhole();
    }

    @Test
    void oneInsertIsOnePartInEveryTableHoweverOldItsEventsAre() throws Exception {
        Random random = new Random(20_261_120);
        Instant newest = Instant.parse("2026-11-01T00:00:00Z");
        for (int i = 0; i < 20_000; i++) {
            Instant timestamp = newest.minusSeconds(random.nextInt(90 * 24 * 60 * 60));
            log.post(TestLog.record(8, "spread", shop(i, timestamp, i)));
        }
        log.awaitPosted();
        awaitAllStored(log, store);

        assertThat(store.number("SELECT uniqExact(toDate(timestamp)) FROM events WHERE tenant = 'spread'"))
                .isGreaterThanOrEqualTo(90);
        store.run("SYSTEM FLUSH LOGS");
        List<GenericRecord> inserts = store.rows("""
                SELECT query_id, toInt64(countIf(table = 'events')) AS raw,
                       toInt64(countIf(table = 'events_per_minute')) AS minutes,
                       toInt64(countIf(table = 'events_per_hour')) AS hours
                FROM system.part_log
                WHERE event_type = 'NewPart' AND table IN ('events', 'events_per_minute', 'events_per_hour')
                  AND query_id LIKE '1-8-%'
                GROUP BY query_id""");
        assertThat(inserts).isNotEmpty().allSatisfy(insert -> {
            assertThat(insert.getLong("raw")).isEqualTo(1);
            assertThat(insert.getLong("minutes")).isEqualTo(1);
            assertThat(insert.getLong("hours")).isEqualTo(1);
        });
    }

    @Test
    void saysHowFarEachPartitionIsStored() throws Exception {
        log.send(TestLog.record("status", shop(1, Instant.parse("2026-01-01T00:00:00Z"), 1)));
        awaitAllStored(log, store);
        Map<Integer, Long> ends = log.ends();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            for (int partition = 0; partition < TestLog.PARTITIONS; partition++) {
                var said = consumer.partition(partition);
                assertThat(said.path("state").asString()).isEqualTo("running");
                assertThat(said.path("stored_up_to").longValue()).isEqualTo(ends.get(partition));
                assertThat(said.path("lag_records").longValue()).isZero();
                assertThat(said.path("lag_seconds").doubleValue()).isZero();
                assertThat(said.has("problem")).isFalse();
            }
        });
    }

    @Test
    void isReadyAndCountsWhatItStores() throws Exception {
        log.send(TestLog.record("metrics", shop(1, Instant.parse("2026-01-01T00:00:00Z"), 1)));
        awaitAllStored(log, store);
        assertThat(consumer.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(consumer.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(consumer.get("/actuator/prometheus").body())
                .contains("# HELP millrace_consumer_rows_total Events stored")
                .contains("millrace_consumer_stored_bytes_total")
                .contains("millrace_consumer_lag_records{partition=\"0\"")
                .contains("millrace_consumer_lag_seconds{partition=\"0\"")
                .contains("millrace_consumer_partition_state{partition=\"11\"")
                .contains("millrace_consumer_held_bytes")
                .contains("millrace_consumer_retries_total")
                .contains("millrace_consumer_insert_seconds_count{")
                .contains("millrace_consumer_range_age_seconds_count")
                .contains("millrace_consumer_range_rows_sum");
        assertThat(consumer.gauge("millrace.consumer.partition.state", "partition", "0", "state", "running"))
                .isEqualTo(1);
    }

    static Event shop(int number, Instant timestamp, long micros) {
        return new Event(
                EventId.of(new UUID(number, 1L << 63)),
                number % 2 == 0 ? "page_view" : "purchase",
                timestamp,
                "user-" + number % 100,
                "session-" + number % 1_000,
                "",
                new Amount(micros),
                EventProperties.of("{\"n\":" + number + ",\"shop\":\"north\"}"),
                1);
    }

    private static void transact(KafkaProducer<byte[], byte[]> producer, String tenant, int count, boolean commit) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = IntStream.range(0, count)
                .mapToObj(i -> producer.send(
                        TestLog.record(6, tenant, Event.ofType("transacted").withId(EventId.of("id-" + i)))))
                .toList();
        producer.flush();
        assertThat(sent).allSatisfy(one -> assertThat(one).isDone());
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static GenericRecord letter(RecordMetadata place) {
        return store.rows("""
                SELECT *, hex(key) AS key_hex, hex(value) AS value_hex, toString(headers) AS headers_text,
                       toUnixTimestamp64Milli(received_at) AS received
                FROM dead_letters FINAL WHERE partition = %d AND offset = %d""".formatted(place.partition(), place.offset())).getFirst();
    }
}
