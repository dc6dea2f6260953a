package io.millrace.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.retention.RunningRetention.Reply;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** One run at a time, and what becomes of those that died. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneRunAtATimeIT {
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
        service.keep("events_per_minute", 7);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private LocalDate ago(int days) {
        return today.minusDays(days);
    }

    private void storeDays(int... ago) {
        for (int days : ago) {
            stored.store(ago(days), 30 + days, 1_000L * days);
        }
    }

    @Test
    void traceOfADeadRunIsSettledByTheNext() {
        storeDays(20, 30);
        DatabaseClient postgres = service.bean(DatabaseClient.class);
        String dead = "11111111-2222-3333-4444-555555555555";
        postgres.sql("INSERT INTO retention_runs VALUES ('" + dead
                        + "', now() - interval '400 days', NULL, 'schedule', false, 'running', NULL)")
                .then()
                .block();
        postgres.sql(
                        "INSERT INTO retention_actions VALUES ('%s', 'events', '%s', 60, 1, 'dropping', NULL), ('%s', 'events', '%s', 77, 1, 'dropping', NULL)"
                                .formatted(dead, ago(30), dead, ago(300)))
                .then()
                .block();
        long odd = stored.state("generation") + 1;
        stored.state("generation", odd);

        service.dryRun();
        JsonNode settled = service.get("/v1/lifecycle/runs/" + dead).body();
        assertThat(settled.path("outcome").asString()).isEqualTo("interrupted");
        assertThat(settled.path("finished_at").isNull()).isFalse();
        assertThat(RunningRetention.lines(settled))
                .containsExactly("events " + ago(300) + " 77 dropped", "events " + ago(30) + " 60 skipped");
        assertThat(stored.state("generation")).isEqualTo(odd + 1);
        assertThat(stored.rows("events")).hasSize(2);
    }

    @Test
    void secondRunAtTheSameTimeIsRefused() {
        storeDays(20);
        service.keep("events", 2);
        Connection other = Objects.requireNonNull(
                Mono.from(service.bean(ConnectionPool.class).unwrap().create()).block());
        try {
            execute(other, "SELECT pg_advisory_lock(7883951835720283237)");
            for (boolean dry : List.of(true, false)) {
                Reply refused = service.send(HttpMethod.POST, "/v1/lifecycle/runs", "{\"dry_run\":" + dry + "}");
                assertThat(refused.status()).isEqualTo(409);
                assertThat(refused.code()).isEqualTo("run_in_progress");
                assertThat(refused.headers()).containsKey("Retry-After");
            }
            assertThat(stored.rows("events")).hasSize(1);
        } finally {
            Mono.from(other.close()).block();
        }
        assertThat(service.run().path("outcome").asString()).isEqualTo("succeeded");
        assertThat(stored.rows("events")).isEmpty();
    }

    private static void execute(Connection session, String sql) {
        Flux.from(session.createStatement(sql).execute())
                .flatMap(result -> result.map((row, _) -> 1))
                .blockLast();
    }

    @Test
    void manyRunsAtOnceDropEachDayOnce() {
        storeDays(20, 21, 22, 23, 24, 25);
        service.keep("events", 2);
        service.keepForEver("events_per_minute");
        List<Reply> replies = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> service.send(HttpMethod.POST, "/v1/lifecycle/runs", "{\"dry_run\":false}")))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(replies).allMatch(reply -> reply.status() == 202 || reply.status() == 409);
        List<String> dropped = replies.stream()
                .filter(reply -> reply.status() == 202)
                .flatMap(reply ->
                        RunningRetention.lines(service.ended(
                                        Objects.requireNonNull(reply.headers().get("Location"))))
                                .stream())
                .toList();
        assertThat(dropped)
                .containsExactlyInAnyOrder(
                        "events " + ago(20) + " 50 dropped",
                        "events " + ago(21) + " 51 dropped",
                        "events " + ago(22) + " 52 dropped",
                        "events " + ago(23) + " 53 dropped",
                        "events " + ago(24) + " 54 dropped",
                        "events " + ago(25) + " 55 dropped");
        assertThat(stored.rows("events")).isEmpty();
        assertThat(stored.state("generation") % 2).isZero();
    }
}
