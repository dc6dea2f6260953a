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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code ./millrace audit} as a user runs it, on a whole Millrace. */
class AuditCommandIT {
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
            assertThat(audits).isGreaterThan(3);
            assertThat(new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("accepted 50000, rejected 0");
            JsonNode report = json("audit", "--wait", "PT30S", "--thorough", "--json");
            assertThat(report.get("difference").asLong()).isZero();
            assertThat(stored(report) - stored).isEqualTo(50_000);
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
    void saysWhatIsAwayAndCannotBeMistakenForADifference() {
        RunningMillrace.Outcome outcome = millrace.shell("MILLRACE_KAFKA=127.0.0.1:1 ./millrace audit");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.text()).contains("audit: Kafka at 127.0.0.1:1: ").doesNotContain("difference");
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
