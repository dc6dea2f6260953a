package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every running service tells a load balancer and Prometheus. */
class MetricsIT {
    private final RunningMillrace millrace = RunningMillrace.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {"MILLRACE_INGEST_URL", "MILLRACE_QUERY_URL", "MILLRACE_LIFECYCLE_URL", "MILLRACE_CONSUMER_URL"})
    void isAliveReadyAndMeasuredWithHelpAndUnits(String variable) throws IOException, InterruptedException {
        String url = millrace.environment(variable);
        assertThat(Http.get(url + "/actuator/health/liveness", "").status()).isEqualTo(200);
        assertThat(Http.get(url + "/actuator/health/readiness", "").status()).isEqualTo(200);

        String scrape = Http.get(url + "/actuator/prometheus", "").text();
        List<String> ours = scrape.lines()
                .filter(line -> line.startsWith("# TYPE millrace_"))
                .map(line -> line.split(" ", -1)[2])
                .toList();
        assertThat(ours).isNotEmpty();
        assertThat(ours).allSatisfy(name -> assertThat(scrape).containsPattern("# HELP " + name + " \\S+ \\S+"));
        assertThat(complaintsOfPromtool(scrape)).noneMatch(line -> line.startsWith("millrace_"));
    }

    /** Names without a unit, counters without {@code _total}, missing help: a line each, beginning with the name. */
    private static List<String> complaintsOfPromtool(String scrape) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "promtool is missing (Debian package prometheus)");
        Path file = Files.createTempFile("scrape", ".txt");
        try {
            Files.writeString(file, scrape);
            Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .redirectInput(file.toFile())
                    .start();
            List<String> lines = promtool.inputReader().lines().toList();
            assertThat(promtool.waitFor()).as(String.join("\n", lines)).isIn(0, 3);
            return lines;
        } finally {
            Files.delete(file);
        }
    }
}
