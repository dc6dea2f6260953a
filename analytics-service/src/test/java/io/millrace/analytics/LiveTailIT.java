package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.tail.LogTail;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.kit.ServiceProcess;
import io.millrace.kit.access.Scope;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
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
                "",
                "",
                "",
                type.equals("order") ? new Amount(random.nextLong(1_000_000_000)) : null,
                null,
                random.nextInt(5) == 0 ? 1 + random.nextInt(20) : 1);
    }

    /** An answer, and what it was an answer to. */
    private record Asked(
            Tenant tenant,
            Instant from,
            Instant to,
            List<String> types,
            @Nullable Interval interval,
            Reply reply) {
        PositionVector position() {
            return PositionVector.parse(reply.body().at("/meta/position").asString());
        }
    }

    private Asked ask(Tenant tenant, String key) {
        Instant from = now.minusMillis(random.nextLong(Duration.ofDays(30).toMillis()));
        Instant to = now.plusMillis(random.nextLong(600_000) - 60_000);
        if (random.nextBoolean()) {
            from = from.truncatedTo(ChronoUnit.HOURS);
        }
        Interval interval = List.of(Interval.values()).get(random.nextInt(3));
        boolean points = random.nextBoolean() && Duration.between(from, to).compareTo(Duration.ofDays(20)) < 0;
        List<String> types = random.nextInt(3) == 0 ? List.of("order", "no such type") : List.of();
        StringBuilder query = new StringBuilder("from=" + from + "&to=" + to);
        types.forEach(type -> query.append("&event_type=").append(RunningService.encoded(type)));
        if (points) {
            query.append("&interval=").append(interval.wire());
        }
        Reply reply = service.get(points ? "/v1/timeseries" : "/v1/counts", query.toString(), key);
        assertThat(reply.status()).isEqualTo(200);
        return new Asked(tenant, from, to, types, points ? interval : null, reply);
    }

    @Test
    void everyAnswerIsTheLogBelowItsPosition() {
        List<Tenant> tenants = List.of(service.newTenant(), service.newTenant());
        List<String> keys =
                tenants.stream().map(tenant -> service.key(tenant, Scope.QUERY)).toList();
        List<Asked> asked = new ArrayList<>();
        int id = 0;
        for (int round = 0; round < 60; round++) {
            for (int i = 0; i < 50; i++) {
                // Every tenth is sent twice, which counts once.
                Event event = event(id++);
                int tenant = random.nextInt(2);
                topic.send(tenants.get(tenant), event);
                if (i % 10 == 0) {
                    topic.send(tenants.get(tenant), event);
                }
            }
            int tenant = random.nextInt(2);
            asked.add(ask(tenants.get(tenant), keys.get(tenant)));
        }
        topic.flush();
        List<StoredEvent> log = topic.read(service.bean(EventLog.class).terms());
        await().atMost(PATIENCE).untilAsserted(() -> {
            Asked last = ask(tenants.getFirst(), keys.getFirst());
            assertThat(Topic.below(last.position(), log)).hasSameSizeAs(log);
            asked.add(last);
        });
        for (Asked answer : asked) {
            assertThat(answer.reply().body().at("/meta/exact").asBoolean()).isTrue();
            assertThat(Recount.linesOf(answer.reply().body()))
                    .as("%s", answer)
                    .containsExactlyElementsOf(new Recount(Topic.below(answer.position(), log))
                            .lines(answer.tenant(), answer.from(), answer.to(), answer.types(), answer.interval()));
        }
    }

    @Test
    void eventsBeforeTheStartAreReadBack() {
        Tenant tenant = service.newTenant();
        for (int i = 0; i < 500; i++) {
            topic.send(tenant, Event.ofType("early").withId(EventId.of("early-" + i % 400)));
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
            Reply reply = stopping.get("/v1/counts", lastDays(), stopping.key(tenant, Scope.QUERY));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().at("/meta/exact").asBoolean()).isTrue();
            assertThat(reply.body().at("/meta/not_live/partition_missing")).hasSize(12);
        }
    }

    @Test
    void instanceThatIsKilledLeavesItsPartitionsMissingUntilTheyAreTakenOver(@TempDir Path folder) {
        Tenant tenant = service.newTenant();
        try (RunningService one = RunningService.start(stack, Map.of("millrace.tail.group", "pair"))) {
            awaitLive(one, tenant);
            String key = one.key(tenant, Scope.QUERY);
            ServiceProcess other = ServiceProcess.start(
                    AnalyticsService.class.getName(),
                    Part.ANALYTICS,
                    stack,
                    folder.resolve("other.log"),
                    Map.of("MILLRACE_TAIL_GROUP", "pair"));
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(missing(one, key)).hasSize(6));
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
}
