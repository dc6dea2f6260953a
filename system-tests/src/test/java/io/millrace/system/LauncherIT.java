package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher as a user meets it. */
class LauncherIT {
    private static final Pattern ROW = Pattern.compile("(?m)^  ([a-z0-9-]+) +(\\S.*?) +pid (\\d+) ");
    private static final Pattern MEBIBYTES = Pattern.compile("Together (\\d+) MiB");
    private static final int MEBIBYTES_MAX = 3 * 1024;

    @Test
    void startsOnlyWhatIsDeadAndStopsEverything() {
        RunningMillrace millrace = RunningMillrace.ofItsOwn("launcher");
        Map<String, Long> pids;
        try (millrace) {
            String first = millrace.run("up", "--fresh").mustSucceed().text();
            assertThat(first).contains("ingest key", "query key", "./millrace down");
            whatItSaysCanBeTried(millrace, first);
            hasWrittenTheEnvironment(millrace);
            String status = millrace.run("status").mustSucceed().text();
            assertThat(mebibytes(status)).isLessThan(MEBIBYTES_MAX);
            Map<String, Long> before = pids(status);
            assertThat(before)
                    .containsOnlyKeys(
                            "s3",
                            "kafka",
                            "clickhouse",
                            "postgres",
                            "ingestion-service",
                            "consumer-service",
                            "analytics-service",
                            "retention-service");
            namesItsModuleOnEveryCommandLine(before);

            assertThat(millrace.run("up").mustSucceed().text()).contains("Everything runs already.");
            assertThat(pids(millrace.run("status").mustSucceed().text())).isEqualTo(before);

            kill(before.get("clickhouse"));
            kill(before.get("consumer-service"));
            assertThat(millrace.run("status").exitCode()).isNotZero();
            millrace.run("up").mustSucceed();
            pids = pids(millrace.run("status").mustSucceed().text());
            assertThat(changed(before, pids)).containsOnlyKeys("clickhouse", "consumer-service");

            assertThat(millrace.run("logs", "consumer-service").mustSucceed().text())
                    .isNotBlank();
            assertThat(millrace.run("logs", "nonsense").exitCode()).isNotZero();
            assertThat(millrace.run("demo", "--rate", "200", "--seconds", "3", "--seed", "1")
                            .mustSucceed()
                            .text())
                    .contains("rejected 0");
        }
        assertThat(pids.values()).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(millrace.run("status").exitCode()).isNotZero();
    }

    @Test
    void interruptedStartLeavesNothingBehind() throws IOException, InterruptedException {
        RunningMillrace millrace = RunningMillrace.ofItsOwn("interrupted");
        Process up = millrace.start("up", "--fresh");
        try (BufferedReader output = up.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.contains("ready after")) {
                line = output.readLine();
            }
            assertThat(line).as("a part became ready before the end").isNotNull();
            // Asking the launcher takes so long on a busy machine that the start might be over by then.
            List<Long> started = notedPids(millrace.home().resolve("run"));
            assertThat(started).isNotEmpty();
            // As SIGINT does, except that whoever was started in a script's background never sees that one.
            new ProcessBuilder("kill", "-TERM", Long.toString(up.pid())).start().waitFor();
            output.lines().forEach(rest -> {});
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(up.exitValue()).isNotZero();
            assertThat(started).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
            assertThat(pids(millrace.run("status").text())).isEmpty();
        } finally {
            millrace.close();
        }
    }

    @Test
    void takenPortIsNamed() throws IOException {
        RunningMillrace millrace = RunningMillrace.ofItsOwn("taken");
        int ingest = millrace.portBase() + 1;
        try (ServerSocket taken = new ServerSocket(ingest)) {
            RunningMillrace.Outcome outcome = millrace.run("up", "--fresh");
            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.text()).contains(Integer.toString(taken.getLocalPort()), "MILLRACE_PORT_BASE");
            assertThat(pids(millrace.run("status").text())).isEmpty();
        } finally {
            millrace.close();
        }
    }

    private static void whatItSaysCanBeTried(RunningMillrace millrace, String said) {
        String commands = said.substring(said.indexOf("Try it:") + "Try it:".length(), said.indexOf("Stop it"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(millrace.shell(commands).mustSucceed().text())
                                .contains("\"accepted\":1", "\"event_type\":\"hello\""));
    }

    private static void hasWrittenTheEnvironment(RunningMillrace millrace) {
        assertThat(millrace.environment())
                .containsOnlyKeys(
                        "MILLRACE_INGEST_URL",
                        "MILLRACE_QUERY_URL",
                        "MILLRACE_LIFECYCLE_URL",
                        "MILLRACE_CONSUMER_URL",
                        "MILLRACE_ADMIN_URL",
                        "MILLRACE_INGEST_KEY",
                        "MILLRACE_QUERY_KEY",
                        "MILLRACE_ADMIN_TOKEN",
                        "MILLRACE_KAFKA",
                        "MILLRACE_CLICKHOUSE_URL",
                        "MILLRACE_POSTGRES_URL",
                        "MILLRACE_S3_URL")
                .allSatisfy((name, value) -> assertThat(value).as(name).isNotBlank());
        assertThat(millrace.shell("echo \"$MILLRACE_KAFKA\"").mustSucceed().text())
                .contains(Integer.toString(millrace.portBase() + 10));
    }

    private static void namesItsModuleOnEveryCommandLine(Map<String, Long> pids) {
        pids.forEach((part, pid) -> {
            if (part.endsWith("-service")) {
                assertThat(ProcessHandle.of(pid)
                                .orElseThrow()
                                .info()
                                .commandLine()
                                .orElse(""))
                        .contains(part);
            }
        });
    }

    private static void kill(Long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    }

    private static Map<String, Long> changed(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> changed = new TreeMap<>(after);
        changed.entrySet().removeIf(part -> part.getValue().equals(before.get(part.getKey())));
        return changed;
    }

    private static Map<String, Long> pids(String status) {
        Map<String, Long> pids = new TreeMap<>();
        ROW.matcher(status).results().forEach(row -> pids.put(row.group(1), Long.valueOf(row.group(3))));
        return pids;
    }

    private static List<Long> notedPids(Path run) throws IOException {
        try (Stream<Path> notes = Files.list(run)) {
            List<Long> pids = new ArrayList<>();
            for (Path note :
                    notes.filter(file -> file.toString().endsWith(".pid")).toList()) {
                pids.add(Long.valueOf(Files.readString(note).split(" ", 2)[0]));
            }
            return pids;
        }
    }

    private static int mebibytes(String status) {
        return MEBIBYTES.matcher(status).results().findFirst().stream()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }
}
