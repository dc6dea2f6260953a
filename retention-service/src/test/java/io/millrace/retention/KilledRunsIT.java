package io.millrace.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Kills the service, and ClickHouse under it, at random moments of a run, until all is dropped; then every row that is
 * gone must be accounted for, once. Run again with {@code -Dmillrace.seed=}, longer with {@code -Dmillrace.kills=}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledRunsIT {
    private static final int DAYS = 24;
    private static final int KILLS = Integer.getInteger("millrace.kills", 4);
    private static final int LONGEST_RUN_MILLIS = 1_500;

    private final LocalStack stack;
    private final StoredDays stored;
    private final LocalDate today;
    private final Path log;
    private final Random random;

    KilledRunsIT(@TempDir Path folder) {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed);
        random = new Random(seed);
        stack = LocalStack.open(folder, Ports.free(), EnumSet.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES));
        stack.migrate();
        stored = new StoredDays(stack);
        today = stored.today();
        log = folder.resolve("retention.log");
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    private RetentionProcess start() {
        return RetentionProcess.start(stack, log, Map.of("MILLRACE_RETENTION_SCHEDULED", "false"));
    }

    @Test
    void everyDroppedRowIsAccountedForOnceHoweverRunsAreKilled() {
        Map<LocalDate, Long> rows = new TreeMap<>();
        for (int i = 0; i < DAYS; i++) {
            LocalDate day = today.minusDays(10L + i);
            stored.store(day, 20 + i, 10_000L * i);
            rows.put(day, 20L + i);
        }
        stored.store(today, 11, 900_000);
        try (RetentionProcess patient = start()) {
            for (String dataSet : new String[] {"events", "events_per_hour"}) {
                assertThat(patient.send("PUT", "/v1/lifecycle/policies/" + dataSet, "{\"keep_days\":3}")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
        for (int kill = 0; kill < KILLS; kill++) {
            killARun(kill % 3 == 2);
            rows.forEach((day, count) -> assertThat(stored.rows("events").getOrDefault(day, 0L) + dropped(day, count))
                    .as("rows of %s", day)
                    .isGreaterThanOrEqualTo(count));
        }
        try (RetentionProcess last = start()) {
            JsonNode run = ended(last, request(last));
            assertThat(run.path("outcome").asString()).isEqualTo("succeeded");
            assertThat(last.runs().valueStream())
                    .noneMatch(any -> any.path("outcome").asString().equals("running"));
            System.out.println("runs, newest first: "
                    + last.runs().valueStream().map(any -> outcome(last, any)).toList());
            last.runs()
                    .forEach(any -> assertThat(last.run(any.path("run_id").asString())
                                    .path("actions")
                                    .valueStream())
                            .noneMatch(action -> action.path("state").asString().equals("dropping")));
        }
        assertThat(stored.rows("events")).containsOnlyKeys(today).containsEntry(today, 11L);
        assertThat(stored.rows("events_per_hour")).containsOnlyKeys(today);
        assertThat(stored.rows("events_per_minute")).containsOnlyKeys(today);
        assertThat(stored.state("generation")).isPositive().isEven();
        rows.forEach((day, count) -> assertThat(stored.expiredRows(day))
                .as("expired rows of %s", day)
                .isEqualTo(count));
    }

    private static String outcome(RetentionProcess process, JsonNode run) {
        long dropped = RunningRetention.lines(process.run(run.path("run_id").asString())).stream()
                .filter(line -> line.endsWith("dropped"))
                .count();
        return run.path("outcome").asString() + " after " + dropped + " days";
    }

    /** What the ledger says was taken out, where it says so; a day may be accounted for and still be there. */
    private long dropped(LocalDate day, long count) {
        long expired = stored.expiredRows(day);
        assertThat(expired).isIn(0L, count);
        return expired;
    }

    private void killARun(boolean withClickHouse) {
        RetentionProcess process = start();
        try {
            request(process);
            LockSupport.parkNanos(
                    Duration.ofMillis(random.nextInt(LONGEST_RUN_MILLIS)).toNanos());
            if (withClickHouse) {
                stack.clickHouse().kill();
            }
        } finally {
            process.kill();
        }
        stack.clickHouse().start();
    }

    private static String request(RetentionProcess process) {
        var reply = process.send("POST", "/v1/lifecycle/runs", "{\"dry_run\":false}");
        assertThat(reply.statusCode()).isEqualTo(202);
        String location = reply.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static JsonNode ended(RetentionProcess process, String id) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> process.run(id),
                        run -> !run.path("outcome").asString().equals("running"));
    }
}
