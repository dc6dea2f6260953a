package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.door.ForeignDoor;
import io.millrace.cli.door.ForeignDoor.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadCommandTest {
    @TempDir
    private Path folder;

    private final ForeignDoor foreign = new ForeignDoor();

    LoadCommandTest() throws IOException {}

    @AfterEach
    void close() {
        foreign.close();
    }

    @Test
    void allAcceptedIsZero() throws IOException {
        Path file = Files.writeString(folder.resolve("events.ndjson"), "a\nb\n");
        CommandLineRun run = run("", "load", file.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("accepted 2, rejected 0, [0-9]+ events/s\n");
        assertThat(run.err()).isEmpty();
        assertThat(foreign.requests()).extracting(ForeignDoor.Request::key).containsExactly("Bearer key-1");
    }

    @Test
    void someRejectedIsOneAndTheyAreShown() {
        CommandLineRun run = run("a\n" + "bad\n".repeat(12), "load", "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("accepted 1, rejected 12, ");
        assertThat(run.err().lines())
                .hasSize(11)
                .startsWith("line 2: event_type_missing: none")
                .endsWith("and 2 more: --rejected FILE tells all");
    }

    @Test
    void allRejectedAreWrittenOnRequest() throws IOException {
        Path rejected = folder.resolve("rejected.ndjson");
        CommandLineRun run = run("bad\n".repeat(12), "load", "--rejected", rejected.toString(), "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(Files.readAllLines(rejected)).hasSize(12);
        assertThat(run.err()).endsWith("and 2 more\n");
    }

    @Test
    void notFinishedIsTwoAndTellsHowToGoOn() {
        foreign.then(Told.json(401, "{\"code\":\"key_unknown\",\"detail\":\"no such key\"}"));
        CommandLineRun run = run("a\n", "load", "--run", "monday", "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).startsWith("accepted 0, rejected 0, ");
        assertThat(run.err())
                .contains("not finished: 1 lines were read", "--run monday")
                .endsWith("does not admit the key: HTTP 401 key_unknown: no such key\n");
    }

    @Test
    void unreachableDoorIsTwo() {
        foreign.close();
        CommandLineRun run = run("a\n", "load", "--patience", "0", "-");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("cannot connect");
    }

    @Test
    void emptyInputIsSaid() {
        CommandLineRun run = run("", "load", "-");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("standard input has no lines\n");
        assertThat(foreign.requests()).isEmpty();
    }

    @Test
    void directoryIsRefused() {
        CommandLineRun run = run("", "load", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is a directory");
    }

    @Test
    void addressComesFromTheHomeTheEnvironmentOrTheOptions() throws IOException {
        CommandLineRun nowhere = CommandLineRun.of(folder, Map.of(), "a\n", "load", "-");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).contains("MILLRACE_INGEST_URL is not set");
        Files.createDirectories(folder.resolve(".millrace"));
        Files.writeString(
                folder.resolve(".millrace/env"),
                "MILLRACE_INGEST_URL=" + foreign.url() + "\nMILLRACE_INGEST_KEY=from-file\n");
        CommandLineRun.of(folder, Map.of(), "a\n", "load", "-");
        CommandLineRun.of(folder, Map.of("MILLRACE_INGEST_KEY", "from-process"), "a\n", "load", "-");
        CommandLineRun.of(
                folder,
                Map.of("MILLRACE_INGEST_URL", "http://127.0.0.1:1"),
                "a\n",
                "load",
                "--url",
                foreign.url(),
                "--key",
                "given",
                "-");
        assertThat(foreign.requests())
                .extracting(ForeignDoor.Request::key)
                .containsExactly("Bearer from-file", "Bearer from-process", "Bearer given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate 0|--rate is 1 to 10000000, not 0",
                "--rate 10000001|--rate is 1 to 10000000, not 10000001",
                "--batch-events 10001|a batch has 1 to 10000 events, not 10001",
                "--batch-bytes 4194305|a batch has 1 to 4194304 bytes, not 4194305",
                "--in-flight 65|--in-flight is 1 to 64, not 65",
                "--patience -1|--patience is 0 to 86400, not -1",
                "--run a/b|--run is 1 to 100 letters",
                "--tenant Shop|a tenant's name is",
                "--tenant shop --key k|give it or --key, not both",
                "--url nonsense|not an http or https address",
                "--frobnicate|Unknown option"
            })
    void wrongOptionsAreExplained(String options, String explanation) {
        CommandLineRun run = run("a\n", ("load " + options + " -").split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(explanation, "'millrace load --help'");
        assertThat(foreign.requests()).isEmpty();
    }

    @Test
    void commandIsNeeded() {
        CommandLineRun run = run("");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("load", "demo");
    }

    private CommandLineRun run(String in, String... arguments) {
        return CommandLineRun.of(
                folder, Map.of("MILLRACE_INGEST_URL", foreign.url(), "MILLRACE_INGEST_KEY", "key-1"), in, arguments);
    }
}
