package io.millrace.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.log.EventTopic;
import io.millrace.retention.RunningRetention.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** Runs while a server is away. Breaks its servers, so it has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionTroubleIT {
    private static final Duration BACK = Duration.ofSeconds(60);

    private final LocalStack stack;
    private final RunningRetention service;
    private final StoredDays stored;
    private final LocalDate today;

    RetentionTroubleIT(@TempDir Path folder) {
        stack = LocalStack.open(folder, Ports.free(), EnumSet.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES));
        stack.migrate();
        service = RunningRetention.start(
                stack,
                // There are few calls, and the breaker is to be seen to follow them.
                Map.of("server.port", "0", "millrace.breakers.window-calls", "1", "millrace.breakers.calls-min", "1"));
        stored = new StoredDays(stack);
        today = stored.today();
    }

    @AfterEach
    void clear() {
        stored.clear();
        service.keepForEver("events");
    }

    @AfterAll
    void stop() {
        service.close();
        stack.close();
    }

    private boolean breakerIsClosed() {
        return service.metric(
                        "millrace_breaker_state{breaker=\"clickhouse\",service=\"retention-service\",state=\"closed\"}")
                .orElseThrow()
                .equals("1.0");
    }

    private void becomesReady() {
        await().atMost(BACK).until(() -> service.ready() == 200);
    }

    @Test
    void clickHouseThatIsDownFailsTheRunAndNothingIsClaimed() {
        stored.store(today.minusDays(20), 50, 0);
        service.keep("events", 2);
        stack.clickHouse().kill();
        try {
            for (JsonNode run : List.of(service.run(), service.dryRun())) {
                assertThat(run.path("outcome").asString()).isEqualTo("failed");
                assertThat(run.path("error").asString()).startsWith("ClickHouse: ");
                assertThat(run.path("actions")).isEmpty();
                assertThat(run.path("finished_at").isNull()).isFalse();
            }
            assertThat(breakerIsClosed()).isFalse();
            await().atMost(BACK).until(() -> service.ready() == 503);
        } finally {
            stack.clickHouse().start();
        }
        becomesReady();
        assertThat(stored.rows("events")).hasSize(1);
        JsonNode run = service.run();
        assertThat(run.path("outcome").asString()).isEqualTo("succeeded");
        assertThat(RunningRetention.lines(run)).contains("events " + today.minusDays(20) + " 50 dropped");
        assertThat(stored.rows("events")).isEmpty();
        await().atMost(BACK).until(() -> {
            assertThat(service.dryRun().path("outcome").asString()).isEqualTo("succeeded");
            return breakerIsClosed();
        });
    }

    @Test
    void withoutKafkaOnlyDaysThatTheLedgerSealsAreDropped() {
        stored.store(today.minusDays(20), 50, 0);
        service.keep("events", 2);
        service.keepForEver("events_per_minute");
        stack.kafka().stop();
        try {
            JsonNode run = service.run();
            assertThat(RunningRetention.lines(run)).containsExactly("events " + today.minusDays(20) + " 50 skipped");
            assertThat(run.path("actions").path(0).path("reason").asString())
                    .startsWith(
                            "not_sealed: partition 0 has stored nothing received after the day, and its end is unknown");
            for (int partition = 0; partition < EventTopic.PARTITIONS_DEFAULT; partition++) {
                stored.ledger(partition, "stored", today.minusDays(18), 0, 100);
            }
            assertThat(RunningRetention.lines(service.run()))
                    .containsExactly("events " + today.minusDays(20) + " 50 dropped");
        } finally {
            stack.kafka().start();
            service.keep("events_per_minute", 7);
        }
    }

    @Test
    void databaseThatIsDownIsSaidAndItsReturnNoticed() {
        stack.postgres().kill();
        try {
            for (Reply reply : List.of(
                    service.get("/v1/lifecycle/policies"),
                    service.get("/v1/lifecycle/runs"),
                    service.send(HttpMethod.PUT, "/v1/lifecycle/policies/events", "{\"keep_days\":3}"),
                    service.send(HttpMethod.POST, "/v1/lifecycle/runs", "{\"dry_run\":false}"))) {
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.code()).isEqualTo("postgres_unavailable");
                assertThat(reply.headers()).containsKey("Retry-After");
            }
            await().atMost(BACK).until(() -> service.ready() == 503);
        } finally {
            stack.postgres().start();
        }
        becomesReady();
        assertThat(service.run().path("outcome").asString()).isEqualTo("succeeded");
    }

    @Test
    void runsKeepToTheScheduleOverAllInstances(@TempDir Path logs) {
        stored.store(today.minusDays(20), 50, 0);
        service.keep("events", 2);
        try (RetentionProcess _ = scheduled(logs, "2s")) {
            await().atMost(BACK)
                    .untilAsserted(() -> assertThat(stored.rows("events")).isEmpty());
            await().atMost(BACK).untilAsserted(() -> assertThat(onSchedule()).hasSizeGreaterThan(2));
            assertThat(onSchedule()).doesNotContain("failed", "interrupted");
        }
        List<String> before = onSchedule();
        stored.store(today.minusDays(21), 50, 100);
        try (RetentionProcess hourly = scheduled(logs, "1h")) {
            // It has looked when it has settled the traces of a run that never was; and this hour's run has been.
            String dead = "99999999-2222-3333-4444-555555555555";
            service.bean(DatabaseClient.class)
                    .sql("INSERT INTO retention_runs VALUES ('" + dead
                            + "', now() - interval '400 days', NULL, 'request', false, 'running', NULL)")
                    .then()
                    .block();
            await().atMost(BACK)
                    .until(() -> hourly.run(dead).path("outcome").asString().equals("interrupted"));
            assertThat(onSchedule()).isEqualTo(before);
            assertThat(stored.rows("events")).hasSize(1);
        }
    }

    private RetentionProcess scheduled(Path logs, String interval) {
        return RetentionProcess.start(
                stack,
                logs.resolve("retention.log"),
                Map.of("MILLRACE_RETENTION_INTERVAL", interval, "MILLRACE_RETENTION_LOOKEVERY", "500ms"));
    }

    private List<String> onSchedule() {
        return service.get("/v1/lifecycle/runs")
                .body()
                .path("runs")
                .valueStream()
                .filter(run -> run.path("started_by").asString().equals("schedule"))
                .map(run -> run.path("outcome").asString())
                .toList();
    }
}
