package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.analytics.RunningService.Reply;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.store.EventStore;
import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.store.StoredTable;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.log.EventTopic;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What answers say while the storage under them changes, is cut, or is away. Breaks its servers, so it has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageTroubleIT {
    private static final Instant NOON = Instant.parse("2001-01-31T12:00:00Z");
    private static final Instant RECEIVED = Instant.parse("2026-11-19T12:00:00Z");
    private static final String DAY = "from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z";

    private final LocalStack stack;
    private final RunningService service;
    private final EventTables tables;
    private final Tenant tenant;
    private final String key;

    StorageTroubleIT(@TempDir Path folder) {
        stack = LocalStack.open(folder, Ports.free(), EnumSet.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES));
        service = startedService(stack);
        tables = new EventTables(stack);
        tenant = service.newTenant();
        key = service.key(tenant, Scope.QUERY);
    }

    private static RunningService startedService(LocalStack stack) {
        try {
            stack.migrate();
            return RunningService.start(
                    stack,
                    Map.of(
                            "millrace.store.execution-max", "1s",
                            "millrace.store.silence-max", "1s",
                            "millrace.store.memory-max", "16MB",
                            "millrace.questions.points-max", "1000000",
                            // What is written here comes from no log, so nothing tells that a kept result is old.
                            "millrace.history.memory-max", "0"));
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    @BeforeAll
    void storeThreeRows() {
        tables.insert(List.of(
                new StoredEvent(tenant, "a", NOON, RECEIVED, null, 2, 0, 10),
                new StoredEvent(tenant, "a", NOON.plusSeconds(61), RECEIVED, null, 3, 0, 17),
                new StoredEvent(tenant, "b", NOON, RECEIVED, null, 1, 2, 5)));
        tables.stored(0, 0, 11);
        tables.stored(0, 11, 18);
        tables.stored(2, 0, 6);
    }

    @AfterAll
    void stop() {
        service.close();
        stack.close();
    }

    private StoredResult stored(String from, String to) {
        Question question = new Question.Counts(
                tenant,
                new TimeRange(Instant.parse(from), Instant.parse(to)),
                Collections.emptySortedSet(),
                GroupBy.EVENT_TYPE);
        return Objects.requireNonNull(
                service.bean(EventStore.class).ask(question).block());
    }

    private static List<String> reasons(Reply reply) {
        return reply.body()
                .at("/meta/reasons")
                .valueStream()
                .map(reason -> reason.asString())
                .toList();
    }

    @Test
    void positionIsWhereTheLedgerEnds() {
        SortedMap<Integer, Long> ends = new TreeMap<>();
        for (int partition = 0; partition < EventTopic.PARTITIONS_DEFAULT; partition++) {
            ends.put(partition, 0L);
        }
        ends.put(0, 18L);
        ends.put(2, 6L);
        String position =
                service.get("/v1/counts", DAY, key).body().at("/meta/position").asString();
        assertThat(PositionVector.parse(position)).isEqualTo(new PositionVector(1, ends));
        // Another name for the same numbers: S stays where it is when a row is written again.
        tables.stored(0, 11, 18);
        assertThat(service.get("/v1/counts", DAY, key)
                        .body()
                        .at("/meta/position")
                        .asString())
                .isEqualTo(position);
    }

    @Test
    void highestOffsetOfEachPartitionComesWithEveryTable() {
        for (String to : List.of("2001-02-01T00:00:00Z", "2001-02-01T00:01:00Z", "2001-02-01T00:00:01Z")) {
            StoredResult result = stored("2001-01-31T00:00:00Z", to);
            assertThat(result.highest().values()).containsExactly(17L, 5L);
            assertThat(result.settled()).isTrue();
        }
        assertThat(stored("2001-01-31T12:01:00Z", "2001-01-31T13:00:00Z")
                        .highest()
                        .values())
                .containsExactly(17L);
        assertThat(stored("2001-01-31T12:00:00Z", "2001-01-31T12:01:00Z")
                        .highest()
                        .values())
                .containsExactly(10L, 5L);
    }

    @Test
    void raisedFloorMovesQuestionsToAFinerTableAndThenMarksThem() {
        String from = "2001-01-31T12:00:00Z";
        String to = "2001-01-31T12:01:00Z";
        long above = Instant.parse(from).toEpochMilli() + 1;
        try {
            assertThat(stored(from, to).table()).isEqualTo(StoredTable.MINUTES);
            tables.state("minute_floor", above - 1);
            assertThat(stored(from, to).table()).isEqualTo(StoredTable.MINUTES);
            tables.state("minute_floor", above);
            assertThat(stored(from, to).table()).isEqualTo(StoredTable.EVENTS);
            Reply fromEvents = service.get("/v1/counts", "from=" + from + "&to=" + to, key);
            assertThat(Recount.linesOf(fromEvents.body())).containsExactly("a  2", "b  1");
            assertThat(reasons(fromEvents)).doesNotContain("expired");

            tables.state("events_floor", above);
            assertThat(reasons(service.get("/v1/counts", "from=" + from + "&to=" + to, key)))
                    .contains("expired");
            assertThat(reasons(service.get("/v1/counts", DAY, key))).doesNotContain("expired");
            tables.state("hour_floor", above);
            assertThat(reasons(service.get("/v1/counts", DAY, key))).contains("expired");
        } finally {
            for (String floor : List.of("minute_floor", "events_floor", "hour_floor")) {
                tables.state(floor, 0);
            }
        }
    }

    @Test
    void answersGivenWhileDaysAreReplacedSaySo() {
        try {
            tables.state("generation", 7);
            Reply reply = service.get("/v1/counts", DAY, key);
            assertThat(Recount.linesOf(reply.body())).containsExactly("a  5", "b  1");
            assertThat(reasons(reply)).containsExactly("storage_changing", "sampled");
        } finally {
            tables.state("generation", 8);
        }
        assertThat(reasons(service.get("/v1/counts", DAY, key))).containsExactly("sampled");
    }

    @Test
    void clickHouseThatIsDownIsSaidAndItsReturnNoticed() {
        assertThat(ready()).isEqualTo(200);
        stack.clickHouse().kill();
        try {
            Reply down = service.get("/v1/counts", DAY, key);
            assertThat(down.status()).isEqualTo(503);
            assertThat(down.code()).isEqualTo("clickhouse_unavailable");
            assertThat(Integer.parseInt(Objects.requireNonNull(down.headers().get("Retry-After"))))
                    .isPositive();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(ready()).isEqualTo(503));
            await().atMost(Duration.ofSeconds(30)).until(() -> !breakerIs("closed"));
            Reply refused = service.get("/v1/counts", DAY, key);
            assertThat(refused.code()).isEqualTo("clickhouse_unavailable");
            assertThat(Integer.parseInt(Objects.requireNonNull(refused.headers().get("Retry-After"))))
                    .as("until the breaker lets a call through again")
                    .isBetween(1, 2);
        } finally {
            stack.clickHouse().start();
        }
        // Without any question being asked.
        await().atMost(Duration.ofSeconds(30)).until(() -> breakerIs("closed"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(service.get("/v1/counts", DAY, key).status()).isEqualTo(200);
            assertThat(ready()).isEqualTo(200);
        });
        assertThat(Recount.linesOf(service.get("/v1/counts", DAY, key).body())).containsExactly("a  5", "b  1");
    }

    @Test
    void clickHouseThatHangsIsGivenUpInTime() {
        stack.clickHouse().freeze();
        try {
            long start = System.nanoTime();
            Reply hanging = service.get("/v1/counts", DAY, key);
            assertThat(hanging.status()).isEqualTo(503);
            assertThat(hanging.code()).isEqualTo("clickhouse_unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        } finally {
            stack.clickHouse().thaw();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(service.get("/v1/counts", DAY, key).status()).isEqualTo(200));
    }

    @Test
    void questionThatTakesTooLongIsEndedOnTheServer() {
        // 3 s of sleep per row of the table that the question reads, by a row filter: nothing else makes it slow at
        // will.
        tables.execute("DROP TABLE IF EXISTS slow");
        tables.execute("RENAME TABLE events TO events_kept");
        tables.execute("""
                CREATE VIEW events AS SELECT * FROM events_kept
                WHERE NOT ignore(sleepEachRow(1.5)) SETTINGS function_sleep_max_microseconds_per_block = 0""");
        try {
            Reply slow = service.get("/v1/counts", "from=2001-01-31T00:00:00.001Z&to=2001-02-01T00:00:00Z", key);
            assertThat(slow.status()).isEqualTo(504);
            assertThat(slow.code()).isEqualTo("question_too_slow");
        } finally {
            tables.execute("DROP VIEW events");
            tables.execute("RENAME TABLE events_kept TO events");
        }
    }

    @Test
    void questionThatNeedsTooMuchMemoryIsRefused() {
        Tenant wide = service.newTenant();
        tables.execute("""
                INSERT INTO events_in (tenant, event_type, timestamp, received_at, weight, log_id, partition, offset)
                SELECT '%s', toString(number), toDateTime64('2001-01-31 12:00:00', 3, 'UTC'),
                    toDateTime64('2026-11-19 12:00:00', 3, 'UTC'), 1, 1, 6, number
                FROM numbers(300000)""".formatted(wide.name()));
        Reply heavy = service.get("/v1/counts", DAY, service.key(wide, Scope.QUERY));
        assertThat(heavy.status()).isEqualTo(422);
        assertThat(heavy.code()).isEqualTo("question_too_heavy");
    }

    private boolean breakerIs(String state) {
        return service.bean(MeterRegistry.class)
                        .get("millrace.breaker.state")
                        .tag("breaker", "clickhouse")
                        .tag("state", state)
                        .gauge()
                        .value()
                == 1;
    }

    private int ready() {
        return service.client()
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }
}
