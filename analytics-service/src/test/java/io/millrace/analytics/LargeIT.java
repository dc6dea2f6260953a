package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.kit.OpenConnections;
import io.millrace.kit.OpenConnections.Asked;
import io.millrace.kit.OpenConnections.Said;
import io.millrace.kit.ServiceProcess;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.log.EventTopic;
import io.millrace.log.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** As many connections and as large answers as one instance is meant for, and what it takes of memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeIT {
    private static final int CONNECTIONS = OpenConnections.most(10_000);
    private static final int GROUPS = 10_000;
    private static final int AT_ONCE = 8;

    /** Of a connection that was used and is idle; measured: 2.3 KB. */
    private static final long CONNECTION_BYTES_MAX = 5_000;

    /** By which what is alive may differ from one look to the next. */
    private static final long FLAT_BYTES = 24_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalStack stack = LocalStack.shared();
    private final RunningService service = RunningService.start(
            stack, Map.of("millrace.questions.points-max", GROUPS, "millrace.tail.group", "large"));
    private final Instant now = service.bean(Clock.class).instant();
    private final String range = "from=" + now.minusSeconds(3_600) + "&to=" + now.plusSeconds(3_600);
    private final Tenant tenant = service.newTenant();
    private final String key = service.key(tenant, Scope.QUERY);
    private final ServiceProcess process;

    /** One service for what it says, and one in a process of its own for what that takes. */
    LargeIT(@TempDir Path folder) {
        try {
            process = ServiceProcess.start(
                    AnalyticsService.class.getName(),
                    Part.ANALYTICS,
                    stack,
                    folder.resolve("large.log"),
                    Map.of("MILLRACE_TAIL_GROUP", "large-process"));
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    private static String type(int number) {
        return "type-%05d".formatted(number);
    }

    @BeforeAll
    void storeAsManyGroupsAsAnAnswerMayHave() {
        new EventTables(stack)
                .insert(IntStream.range(0, GROUPS)
                        .mapToObj(i -> new StoredEvent(tenant, type(i), now, now, null, 1, 0, i))
                        .toList());
    }

    @AfterAll
    void stop() {
        process.close();
        service.close();
    }

    /** Of another partition than what is stored. */
    private void send(KafkaProducer<byte[], byte[]> producer, String type) throws Exception {
        ProducerRecord<byte[], byte[]> record =
                Topic.record(tenant, Event.ofType(type).withId(EventId.of("live " + type)));
        producer.send(new ProducerRecord<>(EventTopic.NAME, 1, record.key(), record.value(), record.headers()))
                .get();
    }

    @Test
    void mostGroupsAreAnsweredAndOneMoreIsNotThoughItIsOnlyLive() throws Exception {
        try (Topic topic = new Topic(stack);
                KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of())) {
            send(producer, type(7));
            List<String> lines = IntStream.range(0, GROUPS)
                    .mapToObj(i -> type(i) + "  " + (i == 7 ? 2 : 1))
                    .toList();
            await().atMost(PATIENCE).untilAsserted(() -> {
                Reply reply = service.get("/v1/counts", range, key);
                assertThat(Recount.linesOf(reply.body())).isEqualTo(lines);
                assertThat(reply.body().at("/meta/exact").asBoolean()).isTrue();
            });
            send(producer, "one more");
            await().atMost(PATIENCE).untilAsserted(() -> {
                Reply reply = service.get("/v1/counts", range, key);
                assertThat(reply.status()).isEqualTo(422);
                assertThat(reply.code()).isEqualTo("answer_too_large");
            });
            assertThat(service.get("/v1/timeseries", range + "&interval=day&fill=none", key)
                            .code())
                    .isEqualTo("answer_too_large");
            assertThat(Recount.linesOf(service.get("/v1/counts", range + "&event_type=one%20more", key)
                            .body()))
                    .containsExactly("one more  1");
        }
    }

    /** A question with the status and the code of its answer. */
    private record Expected(Asked asked, int status, String code) {}

    private List<Expected> questions() {
        return List.of(
                new Expected(Asked.get("/v1/counts?event_type=" + type(3) + "&" + range, key), 200, ""),
                new Expected(
                        Asked.get("/v1/counts?from=-9999-01-01T00:00:00Z&to=%2B9999-01-01T00:00:00Z", key),
                        400,
                        "from_invalid"),
                new Expected(
                        Asked.get("/v1/counts?from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z", key),
                        400,
                        "range_too_long"),
                new Expected(
                        Asked.get("/v1/timeseries?interval=day&timezone=Mars/Olympus&" + range, key),
                        400,
                        "timezone_invalid"),
                new Expected(Asked.get("/v1/counts?" + range, ""), 401, "key_missing"));
    }

    private static void areAnswered(OpenConnections connections, List<Expected> questions) throws Exception {
        List<Said> answers = connections.ask(
                AT_ONCE, i -> questions.get(i % questions.size()).asked());
        for (int i = 0; i < answers.size(); i++) {
            Expected expected = questions.get(i % questions.size());
            Said said = answers.get(i);
            assertThat(said.status()).as(said.body()).isEqualTo(expected.status());
            var body = JsonMapper.shared().readTree(said.body());
            assertThat(body.path("code").asString("")).isEqualTo(expected.code());
            assertThat(expected.status() != 200 || body.at("/groups/0/count").asInt() == 1)
                    .isTrue();
        }
    }

    @Test
    void everyOneOfManyConnectionsIsAnsweredAndMemoryStaysFlat() throws Exception {
        List<Expected> questions = questions();
        try (OpenConnections few = OpenConnections.open(process.url(), 500)) {
            areAnswered(few, questions);
        }
        long before = process.liveBytes();
        try (OpenConnections many = OpenConnections.open(process.url(), CONNECTIONS)) {
            areAnswered(many, questions.subList(0, 1));
            long used = process.liveBytes();
            assertThat(used - before).isLessThan(CONNECTIONS * CONNECTION_BYTES_MAX);
            areAnswered(many, questions);
            assertThat(process.liveBytes() - used).isLessThan(FLAT_BYTES);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(process.liveBytes() - before).isLessThan(FLAT_BYTES));
    }

    @Test
    void largeAnswersLeaveNothingBehind() throws Exception {
        Asked all = Asked.get("/v1/counts?" + range, key);
        try (OpenConnections connections = OpenConnections.open(process.url(), 300)) {
            connections.ask(AT_ONCE, _ -> all);
            long before = process.liveBytes();
            for (Said said : connections.ask(AT_ONCE, _ -> all)) {
                assertThat(said.status()).isEqualTo(200);
                assertThat(said.body()).contains(type(0), type(GROUPS - 1));
            }
            assertThat(process.liveBytes() - before).isLessThan(FLAT_BYTES);
        }
    }
}
