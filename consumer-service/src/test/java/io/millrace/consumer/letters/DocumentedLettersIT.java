package io.millrace.consumer.letters;

import static io.millrace.consumer.letters.RunningWorkbench.LETTERS;
import static io.millrace.consumer.letters.RunningWorkbench.REPLAYS;
import static io.millrace.consumer.letters.RunningWorkbench.named;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.consumer.PrivateStack;
import io.millrace.consumer.TestLog;
import io.millrace.consumer.letters.RunningWorkbench.Answer;
import io.millrace.kit.openapi.OpenApi;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.log.LogPosition;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** openapi.yaml says what the running service does: every answer it lists is got, and no other is. */
class DocumentedLettersIT {
    private static PrivateStack servers;
    private static LocalStack stack;
    private static RunningWorkbench workbench;

    @BeforeAll
    static void start() throws Exception {
        servers = PrivateStack.start();
        stack = servers.stack();
        workbench =
                new RunningWorkbench(stack, "millrace.clickhouse.pending-max=16", "millrace.letters.read-timeout=3s");
    }

    @AfterAll
    static void stop() {
        stack.clickHouse().thaw();
        workbench.close();
        servers.close();
    }

    @Test
    void documentedAnswersAreThoseThatAreGiven() throws Exception {
        List<LogPosition> letters = workbench.bury(List.of(TestLog.raw(
                0, null, "{\"event_type\":\"a\"}".getBytes(UTF_8), Map.of("content-type", "application/json"))));
        LogPosition letter = letters.getFirst();
        workbench.makeTenant("documented");
        good(letter);
        refused(letter);
        strangers(letter);
        withoutClickHouse(letter);
        withoutPostgres(letter);
        withoutKafka(letter);
        withASlowClickHouse(letter);
        assertThat(workbench.seen()).isEqualTo(OpenApi.packaged().answers());
    }

    private static void good(LogPosition letter) {
        workbench.get("/openapi.yaml");
        workbench.get("/v1/partitions");
        workbench.get(LETTERS);
        workbench.get(LETTERS + "/reasons");
        workbench.get(LETTERS + "/" + letter);
        assertThat(workbench
                        .replay("{'positions':%s,'dry_run':true}".formatted(named(List.of(letter))))
                        .outcomes())
                .containsExactly("refused tenant_missing");
    }

    private static void refused(LogPosition letter) {
        workbench.get(LETTERS + "?limit=x");
        workbench.get(LETTERS + "?x=y");
        workbench.get(LETTERS + "/reasons?x=y");
        workbench.get(LETTERS + "/1-1-1000");
        workbench.replay("{'filter':{},'limit':1001}");
        workbench.replay("{'filter':{'from':''}}");
        workbench.replay("{'filter':{},'mend':{'tenant':'nowhere'}}");
        workbench.replay("no json");
        workbench.replay(" ".repeat(1 << 20));
        workbench.send("POST", REPLAYS, "filter=x", "application/x-www-form-urlencoded", stack.adminToken());
        try (ReplaySession other = ReplaySession.tryOpen(
                        workbench.consumer.bean(ConnectionPool.class).unwrap())
                .orElseThrow()) {
            assertThat(other.claimed(1)).isEmpty();
            workbench.replay("{'positions':%s}".formatted(named(List.of(letter))));
        }
    }

    private static void strangers(LogPosition letter) {
        for (String path : List.of(LETTERS, LETTERS + "/reasons", LETTERS + "/" + letter)) {
            workbench.send("DELETE", path, "");
            for (String token : List.of("", "x" + stack.adminToken())) {
                workbench.send("GET", path, "", "application/json", token);
            }
        }
        assertThat(workbench.get(REPLAYS).code()).isEqualTo("method_not_allowed");
        workbench.send("POST", REPLAYS, "{}", "application/json", "");
        workbench.send("POST", REPLAYS, "{}", "application/json", "x");
        workbench.send("DELETE", "/openapi.yaml", "");
        workbench.send("DELETE", "/v1/partitions", "");
    }

    private static void withoutClickHouse(LogPosition letter) {
        servers.kill(Part.CLICKHOUSE);
        askAll(letter, "clickhouse_unavailable");
        workbench.get(LETTERS + "/reasons");
        stack.clickHouse().start();
    }

    private static void withoutPostgres(LogPosition letter) {
        servers.kill(Part.POSTGRES);
        askAll(letter, "postgres_unavailable");
        stack.postgres().start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> workbench.get(LETTERS + "/" + letter).status() == 200);
    }

    /** Says so within seconds; afterwards nothing has been lost, nor is anything in doubt for long. */
    private static void withoutKafka(LogPosition letter) {
        String order = "{'positions':%s,'mend':{'tenant':'documented'}}".formatted(named(List.of(letter)));
        servers.kill(Part.KAFKA);
        assertThat(workbench.replay(order).code()).isEqualTo("kafka_unavailable");
        stack.kafka().start();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(workbench.replay(order).outcomes()).containsAnyOf("replayed", "already_replayed"));
        assertThat(workbench.counted("documented")).isEqualTo(1);
    }

    private static void askAll(LogPosition letter, String code) {
        assertThat(workbench.get(LETTERS).code()).isEqualTo(code);
        assertThat(workbench.get(LETTERS + "/" + letter).code()).isEqualTo(code);
        Answer replay = workbench.replay("{'positions':%s,'dry_run':true}".formatted(named(List.of(letter))));
        assertThat(replay.code()).isEqualTo(code);
        assertThat(replay.headers()).containsKey("retry-after");
    }

    /** Those that wait are soon as many as may; one more of each kind is refused at once. */
    private static void withASlowClickHouse(LogPosition letter) throws InterruptedException {
        stack.clickHouse().freeze();
        List<Runnable> kinds = List.of(
                () -> workbench.get(LETTERS),
                () -> workbench.get(LETTERS + "/reasons"),
                () -> workbench.get(LETTERS + "/" + letter),
                () -> workbench.replay("{'positions':%s,'dry_run':true}".formatted(named(List.of(letter)))));
        List<Thread> askers = IntStream.range(0, 32 * kinds.size())
                .mapToObj(i -> Thread.ofVirtual().start(kinds.get(i % kinds.size())))
                .toList();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> workbench.seen().stream()
                                .filter(answer -> answer.endsWith(" 503 overloaded"))
                                .count()
                        == kinds.size());
        stack.clickHouse().thaw();
        for (Thread asker : askers) {
            asker.join();
        }
    }
}
