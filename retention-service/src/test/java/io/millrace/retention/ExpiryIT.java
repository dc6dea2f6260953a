package io.millrace.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What is dropped and what is not, on the real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpiryIT {
    private static final Duration SKEW = Duration.ofHours(1);

    private final LocalStack stack = LocalStack.shared();
    private final RunningRetention service = RunningRetention.start(stack, Map.of("server.port", "0"));
    private final StoredDays stored = new StoredDays(stack);
    private LocalDate today = stored.today();

    /** A run of tests may see midnight pass. */
    @BeforeEach
    void lookAtTheCalendar() {
        today = stored.today();
    }

    @AfterEach
    void clear() {
        stored.clear();
        service.keepForEver("events");
        service.keepForEver("events_per_hour");
        service.keepForEver("dead_letters");
        service.keep("events_per_minute", 7);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private LocalDate ago(int days) {
        return today.minusDays(days);
    }

    private Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void storeDays(int... ago) {
        for (int days : ago) {
            stored.store(ago(days), 30 + days, 1_000L * days);
        }
    }

    @Test
    void eventsOf2001ThatArrivedTodayAreKeptByDefault() {
        storeDays(0, 1, 7, 400);
        assertThat(service.dryRun().path("actions").size()).isEqualTo(1);
        JsonNode run = service.run();
        assertThat(RunningRetention.lines(run))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("events_per_minute " + ago(400));
        assertThat(stored.rows("events")).containsOnlyKeys(ago(0), ago(1), ago(7), ago(400));
        assertThat(stored.rows("events_per_hour")).containsOnlyKeys(ago(0), ago(1), ago(7), ago(400));
        assertThat(stored.rows("events_per_minute")).containsOnlyKeys(ago(0), ago(1), ago(7));
        assertThat(stored.rows("events")).containsEntry(today, 30L);
    }

    @Test
    void dryRunNamesExactlyTheDaysAndChangesNothing() {
        storeDays(0, 9, 10, 11, 40);
        service.keep("events", 9);
        service.keepForEver("events_per_minute");
        long generation = stored.state("generation");
        JsonNode run = service.dryRun();
        assertThat(RunningRetention.lines(run))
                .containsExactly(
                        "events " + ago(40) + " 70 would_drop",
                        "events " + ago(11) + " 41 would_drop",
                        "events " + ago(10) + " 40 would_drop");
        assertThat(run.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(run.path("actions").valueStream())
                .allMatch(action -> action.path("bytes").asLong() > 0);
        assertThat(stored.rows("events")).hasSize(5);
        assertThat(stored.expired(ago(40))).isEmpty();
        assertThat(stored.state("events_floor")).isZero();
        assertThat(stored.state("generation")).isEqualTo(generation);
        assertThat(service.get("/v1/lifecycle/runs/" + run.path("run_id").asString())
                        .body())
                .isEqualTo(run);
    }

    @Test
    void runDropsExactlyTheExpiredDaysAndAccountsForThem() {
        storeDays(0, 9, 10, 40);
        service.keep("events", 9);
        service.keepForEver("events_per_minute");
        long generation = stored.state("generation");
        double rowsBefore = droppedRows();

        JsonNode run = service.run();
        assertThat(run.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(run.path("started_by").asString()).isEqualTo("request");
        assertThat(RunningRetention.lines(run))
                .containsExactly("events " + ago(40) + " 70 dropped", "events " + ago(10) + " 40 dropped");
        assertThat(stored.rows("events")).containsOnlyKeys(ago(0), ago(9));
        assertThat(stored.rows("events_per_hour")).hasSize(4);
        assertThat(stored.rows("events_per_minute")).hasSize(4);
        assertThat(stored.expired(ago(40)))
                .containsExactly("0: 40000-40070 24", "1: 40001-40068 23", "2: 40002-40069 23");
        assertThat(stored.expired(ago(10)))
                .containsExactly("0: 10000-10040 14", "1: 10001-10038 13", "2: 10002-10039 13");
        assertThat(stored.expired(ago(9))).isEmpty();
        assertThat(stored.state("events_floor"))
                .isEqualTo(endOf(ago(10)).plus(SKEW).toEpochMilli());
        assertThat(stored.state("hour_floor")).isZero();
        // Two days, each of them a change of its own.
        assertThat(stored.state("generation")).isEqualTo(generation + 4);
        assertThat(droppedRows() - rowsBefore).isEqualTo(110);
        assertThat(service.metric("millrace_retention_last_run_succeeded_runs")).contains("1.0");

        JsonNode second = service.run();
        assertThat(second.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(second.path("actions")).isEmpty();
        assertThat(stored.state("generation")).isEqualTo(generation + 4);
        List<String> listed = service.get("/v1/lifecycle/runs?limit=2")
                .body()
                .path("runs")
                .valueStream()
                .map(listing -> listing.path("run_id").asString())
                .toList();
        assertThat(listed)
                .containsExactly(
                        second.path("run_id").asString(), run.path("run_id").asString());
    }

    private double droppedRows() {
        return service.metric("millrace_retention_dropped_rows_total{data_set=\"events\"")
                .map(Double::parseDouble)
                .orElse(0.0);
    }

    @Test
    void everyDataSetHasItsOwnTime() {
        storeDays(3, 20);
        stored.deadLetter(ago(3), 1);
        stored.deadLetter(ago(20), 2);
        long generation = stored.state("generation");
        service.keep("events_per_minute", 2);
        service.keep("dead_letters", 10);
        service.run();
        assertThat(stored.state("generation")).isEqualTo(generation);
        service.keep("events_per_hour", 10);
        service.run();
        assertThat(stored.state("generation")).isEqualTo(generation + 2);

        assertThat(stored.rows("events_per_minute")).isEmpty();
        assertThat(stored.rows("events_per_hour")).containsOnlyKeys(ago(3));
        assertThat(stored.rows("dead_letters")).containsOnlyKeys(ago(3));
        assertThat(stored.rows("events")).containsOnlyKeys(ago(3), ago(20));
        assertThat(stored.expired(ago(20))).isEmpty();
        assertThat(stored.state("minute_floor"))
                .isEqualTo(endOf(ago(3)).plus(SKEW).toEpochMilli());
        assertThat(stored.state("hour_floor"))
                .isEqualTo(endOf(ago(20)).plus(SKEW).toEpochMilli());
        assertThat(stored.state("dead_letters_floor"))
                .isEqualTo(endOf(ago(20)).plus(SKEW).toEpochMilli());
        assertThat(stored.state("events_floor")).isZero();
    }

    @Test
    void floorIsNeverLowered() {
        long high = endOf(today).toEpochMilli();
        stored.state("minute_floor", high);
        storeDays(20);
        service.run();
        assertThat(stored.rows("events_per_minute")).isEmpty();
        assertThat(stored.state("minute_floor")).isEqualTo(high);
    }

    @Test
    void dayWhoseRecordsMayStillComeIsSkipped() throws InterruptedException, ExecutionException {
        storeDays(5, 20);
        service.keep("events", 2);
        service.keepForEver("events_per_minute");
        long end = produce(7, 2);
        // The partition has stored up to one record before its end, and that one was received twelve days ago.
        stored.ledger(7, "stored", ago(12), 0, end - 1);

        JsonNode run = service.run();
        assertThat(run.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(RunningRetention.lines(run))
                .containsExactly("events " + ago(20) + " 50 dropped", "events " + ago(5) + " 35 skipped");
        assertThat(run.path("actions").path(1).path("reason").asString())
                .isEqualTo("not_sealed: partition 7 is stored up to offset " + (end - 1) + " of " + end);
        assertThat(stored.rows("events")).containsOnlyKeys(ago(5));
        assertThat(service.metric("millrace_retention_last_run_skipped_partitions"))
                .contains("1.0");

        stored.ledger(7, "stored", ago(12), end - 1, end);
        assertThat(RunningRetention.lines(service.run())).containsExactly("events " + ago(5) + " 35 dropped");
    }

    /** {@return the partition's end afterwards} */
    private long produce(int partition, int records) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.kafka().url(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
        long end = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            for (int record = 0; record < records; record++) {
                end = producer.send(new ProducerRecord<>(EventTopic.NAME, partition, new byte[0], new byte[0]))
                                .get()
                                .offset()
                        + 1;
            }
        }
        return end;
    }

    @Test
    void countsOfAWholeDayOutliveADropThatBrokeOffHalfWay() {
        storeDays(20);
        // An earlier run had counted 90 rows of partition 0, and lost its process with part of the day dropped.
        stored.ledger(0, "expired", ago(20), 19_000, 20_200);
        service.keep("events", 2);
        JsonNode run = service.run();
        assertThat(run.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(stored.rows("events")).isEmpty();
        assertThat(stored.expired(ago(20)))
                .containsExactly("0: 19000-20200 1200", "1: 20001-20050 17", "2: 20002-20048 16");
    }
}
