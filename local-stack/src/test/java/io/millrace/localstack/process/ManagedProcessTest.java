package io.millrace.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With a shell in the place of a server: it starts in a millisecond. */
@Execution(ExecutionMode.CONCURRENT)
class ManagedProcessTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private ManagedProcess process;

    @BeforeEach
    void nothingRuns() {
        process = again();
    }

    @AfterEach
    void nothingStays() {
        process.kill();
    }

    @Test
    void anotherStarterFindsItRunningAndStartsNoSecond() {
        process.start(shell("exec sleep 60"));
        ProcessIdentity first = process.running().orElseThrow();
        ManagedProcess other = again();
        other.start(shell("exec sleep 60"));
        assertThat(other.running()).contains(first);
        other.stop(Signal.TERM, SOON);
        assertThat(first.isAlive()).isFalse();
        assertThat(process.running()).isEmpty();
    }

    @Test
    void itOutlivesTheTerminalOfItsStarter() {
        process.start(shell("echo ready; exec sleep 60"));
        // Until the program itself speaks, its pid is still the one that is about to make the session.
        process.await(this::saidReady, SOON);
        long pid = process.running().orElseThrow().pid();
        // The session's leader is the process itself, so no terminal's signals reach it.
        assertThat(sessionOf(pid)).isEqualTo(pid);
    }

    @Test
    void endingWhileItIsWaitedForIsToldAtOnceWithTheEndOfTheLog() {
        process.start(shell("echo no luck today; exit 3"));
        assertThatThrownBy(() -> process.await(() -> Optional.of("nobody there"), Duration.ofDays(1)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("The broker ended while it was starting")
                .hasMessageContaining("no luck today");
    }

    @Test
    void notAnsweringInTimeIsToldWithTheLastProblem() {
        process.start(shell("echo coming up; exec sleep 60"));
        assertThatThrownBy(() -> process.await(() -> Optional.of("503 not yet"), Duration.ofMillis(200)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("503 not yet");
        assertThat(process.running()).isPresent();
    }

    @Test
    void whatIgnoresTheSignalIsEndedAfterThePatience() {
        process.start(shell("trap '' TERM; echo ready; while :; do sleep 1; done"));
        process.await(this::saidReady, SOON);
        ProcessIdentity stubborn = process.running().orElseThrow();
        process.stop(Signal.TERM, Duration.ofMillis(100));
        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void frozenProcessCanBeStopped() {
        process.start(shell("trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"));
        process.await(this::saidReady, SOON);
        ProcessIdentity frozen = process.running().orElseThrow();
        process.send(Signal.STOP);
        process.stop(Signal.TERM, SOON);
        assertThat(frozen.isAlive()).isFalse();
    }

    @Test
    void killingTakesItsChildrenAlong() throws IOException {
        process.start(shell("sleep 60 & echo $! > child; echo ready; wait"));
        process.await(this::saidReady, SOON);
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        assertThat(ProcessIdentity.of(child)).isPresent();
        process.kill();
        assertThat(ProcessIdentity.of(child)).isEmpty();
    }

    @Test
    void programThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> {
                    process.start(new Command(List.of(folder.resolve("nothing").toString()), Map.of(), folder));
                    process.await(() -> Optional.of("nobody there"), SOON);
                })
                .isInstanceOf(StackException.class)
                .hasMessageContaining("nothing");
    }

    private ManagedProcess again() {
        return new ManagedProcess("The broker", new PidFile(folder.resolve("broker.pid")), log());
    }

    private Path log() {
        return folder.resolve("logs/broker.log");
    }

    private Command shell(String script) {
        return new Command(List.of("sh", "-c", script), Map.of(), folder);
    }

    private Optional<String> saidReady() {
        try {
            return LogTail.of(log(), 1).contains("ready") ? Optional.empty() : Optional.of("silent");
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static long sessionOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
