package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.NaivePoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.tail.LogTail;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.kit.ServiceProcess;
import io.millrace.kit.access.Scope;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Events that nobody has stored yet: answers from the real topic, by Kafka Streams and by reading back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveTailIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalStack stack = LocalStack.shared();
    private final RunningService service = RunningService.start(stack, Map.of());
    private final Topic topic = new Topic(stack);
    private final Random random = new Random(Long.getLong("millrace.seed", 20261120L));
    private final Instant now = service.bean(Clock.class).instant().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    void waitForTheTail() {
        awaitLive(service, service.newTenant());
    }

    @AfterAll
    void stop() {
        topic.close();
        service.close();
    }

    private void awaitLive(RunningService of, Tenant tenant) {
        String key = of.key(tenant, Scope.QUERY);
        await().atMost(PATIENCE)
                .until(() -> of.get("/v1/counts", lastDays(), key)
                        .body()
                        .at("/meta/not_live")
                        .isMissingNode());
    }

    private String lastDays() {
        return "from=" + now.minus(Duration.ofDays(40)) + "&to=" + now.plus(Duration.ofDays(1));
    }

    private Event event(int id) {
        String type = List.of("click", "order", "übung").get(random.nextInt(3));
        return new Event(
                EventId.of("live-" + id),
                type,
                random.nextInt(3) == 0
                        ? null
                        : now.minusMillis(random.nextLong(
                                random.nextBoolean()
                                        ? 120_000
                                        : Duration.ofDays(30).toMillis())),
                random.nextInt(4) == 0 ? "" : "u" + random.nextInt(60),
                "",
                "",
                type.equals("order") ? new Amount(random.nextLong(1_000_000_000)) : null,
                null,
                random.nextInt(5) == 0 ? 1 + random.nextInt(20) : 1);
    }

    /** A question and its answer. */
    private record Answered(Recount.Asked asked, Reply reply) {
        PositionVector position() {
            return PositionVector.parse(reply.body().at("/meta/position").asString());
        }
    }

    private Recount.Asked question(Tenant tenant) {
        Instant from = now.minusMillis(random.nextLong(Duration.ofDays(30).toMillis()));
        Instant to = now.plusMillis(random.nextLong(600_000) - 60_000);
        TimeRange range = new TimeRange(random.nextBoolean() ? from.truncatedTo(ChronoUnit.HOURS) : from, to);
        List<Interval> intervals = List.of(Interval.values());
        Interval interval = intervals.get(random.nextInt(intervals.size()));
        String zone = List.of("UTC", "Asia/Kolkata", "Australia/Lord_Howe").get(random.nextInt(3));
        return new Recount.Asked(
                tenant,
                range,
                random.nextInt(3) == 0 ? List.of("order", "no such type") : List.of(),
                random.nextBoolean() ? null : new NaivePoints(interval, ZoneId.of(zone)),
                interval == Interval.MINUTE || random.nextBoolean() ? Fill.NONE : Fill.ZERO,
                random.nextInt(3) > 0,
                random.nextBoolean());
    }

    private Answered ask(Tenant tenant, String key) {
        Recount.Asked asked = question(tenant);
        Reply reply = service.get(asked.path(), asked.query(), key);
        assertThat(reply.status()).isEqualTo(200);
        return new Answered(asked, reply);
    }

    @Test
    void everyAnswerIsTheLogBelowItsPosition() {
        List<Tenant> tenants = List.of(service.newTenant(), service.newTenant());
        List<String> keys =
                tenants.stream().map(tenant -> service.key(tenant, Scope.QUERY)).toList();
        List<Answered> answers = new ArrayList<>();
        int id = 0;
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 50; i++) {
                // Every tenth is sent twice, which counts once.
                Event event = event(id++);
                int tenant = random.nextInt(2);
                for (int copy = 0; copy < (i % 10 == 0 ? 2 : 1); copy++) {
                    var _ = topic.send(tenants.get(tenant), event);
                }
            }
            int tenant = random.nextInt(2);
            answers.add(ask(tenants.get(tenant), keys.get(tenant)));
        }
        topic.flush();
        List<StoredEvent> log = topic.read(service.bean(EventLog.class).terms());
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answered last = ask(tenants.getFirst(), keys.getFirst());
            assertThat(Topic.below(last.position(), log)).hasSameSizeAs(log);
            answers.add(last);
        });
        for (Answered answer : answers) {
            Recount recount = new Recount(Topic.below(answer.position(), log));
            assertThat(Recount.linesOf(answer.reply().body()))
                    .as("%s", answer)
                    .containsExactlyElementsOf(recount.lines(answer.asked()));
            assertThat(Recount.reasonsOf(answer.reply().body()))
                    .as("%s", answer)
                    .isEqualTo(recount.reasons(answer.asked()));
        }
    }

    @Test
    void answerCoversThePositionThatItIsAskedToCover() throws Exception {
        Tenant tenant = service.newTenant();
        String key = service.key(tenant, Scope.QUERY);
        for (int i = 1; i <= 50; i++) {
            RecordMetadata at = topic.send(tenant, Event.ofType("mine").withId(EventId.of("mine-" + i)))
                    .get();
            PositionVector mine = new PositionVector(1, new TreeMap<>(Map.of(at.partition(), at.offset() + 1)));
            Reply reply = service.get("/v1/counts", lastDays() + "&after=" + mine.toToken(), key);
            assertThat(Recount.linesOf(reply.body())).containsExactly("mine  " + i);
        }
        PositionVector never = new PositionVector(1, new TreeMap<>(Map.of(0, Long.MAX_VALUE)));
        Reply tooSoon = service.get("/v1/counts", lastDays() + "&after=" + never.toToken(), key);
        assertThat(tooSoon.status()).isEqualTo(503);
        assertThat(tooSoon.code()).isEqualTo("position_not_reached");
    }

    @Test
    void tellsWhatItHoldsAndHowFarItIsBehind() {
        String scrape = Objects.requireNonNull(service.client()
                .get()
                .uri(service.url() + "/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        assertThat(scrape)
                .containsPattern("millrace_analytics_tail_partitions\\{[^}]*} 12\\.0")
                .containsPattern("millrace_analytics_tail_held_bytes\\{[^}]*} \\d")
                .containsPattern("millrace_analytics_tail_window_bytes\\{[^}]*} [1-9]")
                .containsPattern("millrace_analytics_tail_lag_offsets\\{[^}]*} \\d")
                .containsPattern("millrace_analytics_history_total\\{[^}]*from=\"clickhouse\"[^}]*} [1-9]");
    }

    @Test
    void unchangedAnswerIsNotSentAgain() {
        String key = service.key(service.newTenant(), Scope.QUERY);
        await().atMost(PATIENCE).untilAsserted(() -> {
            String tag = Objects.requireNonNull(
                    service.get("/v1/counts", lastDays(), key).headers().get("ETag"));
            service.client()
                    .get()
                    .uri(service.url() + "/v1/counts?" + lastDays())
                    .headers(headers -> headers.setBearerAuth(key))
                    .header("If-None-Match", tag)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(304)
                    .expectBody()
                    .isEmpty();
        });
    }

    @Test
    void eventsBeforeTheStartAreReadBack() {
        Tenant tenant = service.newTenant();
        for (int i = 0; i < 500; i++) {
            var _ = topic.send(tenant, Event.ofType("early").withId(EventId.of("early-" + i % 400)));
        }
        topic.flush();
        // Of a group of its own, so that it gets all partitions.
        try (RunningService later = RunningService.start(stack, Map.of("millrace.tail.group", "later"))) {
            awaitLive(later, tenant);
            Reply reply = later.get("/v1/counts", lastDays(), later.key(tenant, Scope.QUERY));
            assertThat(Recount.linesOf(reply.body())).containsExactly("early  400");
            assertThat(reply.body().at("/meta/sources").toString()).isEqualTo("[\"history\",\"live\"]");
        }
    }

    /** At a shutdown the tail ends first, and what was asked before is still answered. */
    @Test
    void questionsAreAnsweredAfterTheTailHasStopped() {
        try (RunningService stopping = RunningService.start(stack, Map.of("millrace.tail.group", "stopping"))) {
            Tenant tenant = stopping.newTenant();
            awaitLive(stopping, tenant);
            stopping.bean(LogTail.class).stop();
            String key = stopping.key(tenant, Scope.QUERY);
            await().atMost(PATIENCE).untilAsserted(() -> {
                Reply reply = stopping.get("/v1/counts", lastDays(), key);
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body().at("/meta/exact").asBoolean()).isTrue();
                assertThat(reply.body().at("/meta/not_live/partition_missing")).hasSize(12);
            });
        }
    }

    private static Map<String, Object> reachable(String group) {
        return Map.of(
                "server.port",
                Integer.toString(Ports.free().of(Part.ANALYTICS)),
                "millrace.tail.group",
                group,
                "millrace.tail.address",
                "127.0.0.1:${server.port}");
    }

    private ServiceProcess otherInstance(String group, Path folder) {
        return ServiceProcess.start(
                AnalyticsService.class.getName(),
                Part.ANALYTICS,
                stack,
                folder.resolve("other.log"),
                Map.of("MILLRACE_TAIL_GROUP", group, "MILLRACE_TAIL_ADDRESS", "127.0.0.1:${server.port}"));
    }

    @Test
    void everyInstanceAnswersForAllAndOneThatIsKilledIsMissedUntilItIsReplaced(@TempDir Path folder) {
        Tenant tenant = service.newTenant();
        try (RunningService one = RunningService.start(stack, reachable("pair"))) {
            awaitLive(one, tenant);
            String key = one.key(tenant, Scope.QUERY);
            ServiceProcess other = otherInstance("pair", folder);
            try {
                await().atMost(PATIENCE)
                        .until(() -> one.bean(LogTail.class).elsewhere().size() == 6
                                && one.bean(LogTail.class).reaches().size() == 6);
                awaitLive(one, tenant);
                for (int i = 0; i < 300; i++) {
                    var _ = topic.send(tenant, Event.ofType("shared").withId(EventId.of("shared-" + i)));
                }
                topic.flush();
                await().atMost(PATIENCE).untilAsserted(() -> {
                    Reply reply = one.get("/v1/timeseries", lastDays() + "&interval=month&fill=none", key);
                    assertThat(Recount.linesOf(reply.body())).hasSize(1).allMatch(line -> line.endsWith(" 300"));
                    assertThat(reply.body().at("/meta/not_live").isMissingNode())
                            .isTrue();
                });
            } finally {
                other.kill();
            }
            assertThat(missing(one, key)).as("its session has not ended yet").hasSize(6);
            assertThat(one.get("/v1/counts", lastDays(), key)
                            .body()
                            .at("/meta/exact")
                            .asBoolean())
                    .isTrue();
            awaitLive(one, tenant);
        }
    }

    @Test
    void nobodyElseAsksForTails() {
        for (String given : List.of("", "Bearer " + service.key(service.newTenant(), Scope.QUERY), "x")) {
            service.client()
                    .post()
                    .uri(service.url() + "/internal/v1/tails")
                    .headers(headers -> headers.set("Authorization", given))
                    .bodyValue("{}")
                    .exchange()
                    .expectStatus()
                    .isUnauthorized();
        }
    }

    private JsonNode missing(RunningService of, String key) {
        return of.get("/v1/counts", lastDays(), key).body().at("/meta/not_live/partition_missing");
    }

    @Test
    void offsetsWithoutRecordsDoNotHoldTheTailBack() {
        Tenant tenant = service.newTenant();
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "live-tail-it",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                5_000))) {
            producer.initTransactions();
            for (int i = 0; i < 40; i++) {
                producer.beginTransaction();
                var _ = producer.send(Topic.record(tenant, Event.ofType("t").withId(EventId.of("t-" + i))));
                if (i % 4 == 0) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        String key = service.key(tenant, Scope.QUERY);
        Instant sent = service.bean(Clock.class).instant();
        await().atMost(PATIENCE).untilAsserted(() -> {
            Reply reply = service.get("/v1/counts", lastDays(), key);
            assertThat(Recount.linesOf(reply.body())).containsExactly("t  30");
            assertThat(reply.body().at("/meta/not_live").isMissingNode()).isTrue();
            assertThat(Instant.parse(reply.body().at("/meta/complete_to").asString()))
                    .isAfter(sent);
        });
    }

    /** Its records are received when they are written, and readable only when it has ended. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answerIsNotCompleteBeyondWhatAnOpenTransactionHides(boolean commits) throws Exception {
        Tenant tenant = service.newTenant();
        String key = service.key(tenant, Scope.QUERY);
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "live-tail-it-open",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                9_000))) {
            producer.initTransactions();
            producer.beginTransaction();
            Instant received = Instant.ofEpochMilli(
                    producer.send(Topic.record(tenant, Event.ofType("t").withId(EventId.of("hidden"))))
                            .get()
                            .timestamp());
            await().during(Duration.ofSeconds(3)).atMost(PATIENCE).untilAsserted(() -> {
                Reply reply = service.get("/v1/counts", lastDays(), key);
                assertThat(Recount.linesOf(reply.body())).isEmpty();
                assertThat(reply.body().at("/meta/not_live").isMissingNode()).isTrue();
                assertThat(completeTo(reply)).isBeforeOrEqualTo(received);
            });
            if (commits) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                Reply reply = service.get("/v1/counts", lastDays(), key);
                assertThat(completeTo(reply)).isAfter(received);
                assertThat(Recount.linesOf(reply.body())).isEqualTo(commits ? List.of("t  1") : List.of());
            });
        }
    }

    private static Instant completeTo(Reply reply) {
        return Instant.parse(reply.body().at("/meta/complete_to").asString());
    }
}
