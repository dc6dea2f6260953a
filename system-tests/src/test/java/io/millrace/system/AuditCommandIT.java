package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.ServerUrl;
import io.millrace.audit.Audit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditTarget;
import io.millrace.audit.AuditTerms;
import io.millrace.log.EventTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code ./millrace audit} as a user runs it, on a whole Millrace. */
class AuditCommandIT {
    private static final Pattern TOTAL = Pattern.compile("(?m)^accepted (\\d+), rejected 0,");

    private final RunningMillrace millrace = RunningMillrace.shared();

    @Test
    void nothingDiffersWhileEventsArePouringIn() throws IOException, InterruptedException {
        long stored = storedNow();
        Process demo = millrace.start("demo", "--rate", "2000", "--seconds", "25");
        try {
            int audits = 0;
            while (demo.isAlive()) {
                AuditReport report = Audit.run(target(), new AuditTerms(audits % 2 == 0, Duration.ZERO));
                assertThat(report.findings()).isEmpty();
                audits++;
            }
            assertThat(audits).isPositive();
            long accepted = accepted(new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            JsonNode report = json("audit", "--wait", "PT30S", "--thorough", "--json");
            assertThat(report.get("difference").asLong()).isZero();
            // Other tests send to the same Millrace meanwhile.
            assertThat(stored(report) - stored).isGreaterThanOrEqualTo(accepted);
        } finally {
            demo.destroy();
            demo.waitFor();
        }
    }

    @Test
    void printsATableForPeople() {
        RunningMillrace.Outcome outcome = millrace.run("audit", "--wait", "PT30S");
        assertThat(outcome.exitCode()).as(outcome.text()).isZero();
        assertThat(outcome.text())
                .contains("stored  duplicates  dead letters  skipped  lost  removed  lag  difference")
                .contains("all 12")
                .endsWith("difference 0\n");
    }

    @Test
    void namesADifferenceAndFails() {
        clickHouse(
                "INSERT INTO events (tenant, received_at, log_id, partition, offset) VALUES ('x', '2020-01-01', 9999, 3, 5)");
        try {
            RunningMillrace.Outcome outcome = millrace.run("audit");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.text())
                    .contains("stranger: partition 9999-3, received on 2020-01-01: 1 rows of no log that is known")
                    .endsWith("difference 1\n");
        } finally {
            clickHouse("ALTER TABLE events DROP PARTITION '2020-01-01'");
        }
    }

    private void clickHouse(String sql) {
        Http.Answer answer = Http.clickHouse(millrace.environment("MILLRACE_CLICKHOUSE_URL"), sql);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void saysWhatIsAwayAndCannotBeMistakenForADifference() {
        RunningMillrace.Outcome outcome = millrace.shell("MILLRACE_KAFKA=127.0.0.1:1 ./millrace audit");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text()).contains("audit: Kafka at 127.0.0.1:1: ").doesNotContain("difference");
    }

    /** The last line of a demo counts everything. A busy machine does not reach its rate. */
    private static long accepted(String demo) {
        Matcher total = TOTAL.matcher(demo);
        assertThat(total.find()).as(demo).isTrue();
        return Long.parseLong(total.group(1));
    }

    private AuditTarget target() {
        return new AuditTarget(
                millrace.environment("MILLRACE_KAFKA"),
                ServerUrl.parse(millrace.environment("MILLRACE_CLICKHOUSE_URL")),
                ServerUrl.parse(millrace.environment("MILLRACE_POSTGRES_URL")),
                EventTopic.NAME);
    }

    private long storedNow() {
        return stored(json("audit", "--wait", "PT30S", "--json"));
    }

    private static long stored(JsonNode report) {
        long stored = 0;
        for (JsonNode partition : report.get("partitions")) {
            stored += partition.get("stored").asLong();
        }
        return stored;
    }

    private JsonNode json(String... arguments) {
        RunningMillrace.Outcome outcome = millrace.run(arguments).mustSucceed();
        return Http.JSON.readTree(outcome.text());
    }
}
