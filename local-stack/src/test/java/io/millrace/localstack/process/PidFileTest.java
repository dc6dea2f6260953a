package io.millrace.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFileTest {
    @TempDir
    private Path folder;

    @Test
    void findsTheProcessItNoted() {
        PidFile file = new PidFile(folder.resolve("run/kafka.pid"));
        assertThat(file.running()).isEmpty();
        file.write(ProcessIdentity.self());
        assertThat(file.running()).contains(ProcessIdentity.self());
        file.delete();
        assertThat(file.running()).isEmpty();
    }

    @Test
    void laterProcessOfTheSamePidIsNotMistakenForTheNotedOne() {
        PidFile file = new PidFile(folder.resolve("kafka.pid"));
        ProcessIdentity earlier = new ProcessIdentity(ProcessIdentity.self().pid(), "an-earlier-start");
        file.write(earlier);
        assertThat(file.noted()).contains(earlier);
        assertThat(file.running()).isEmpty();
        assertThat(earlier.handle()).isEmpty();
    }

    @Test
    void endedProcessIsNotRunningEvenBeforeAnyoneCollectsIt() throws IOException, InterruptedException {
        // The shell starts a child that ends at once, tells its pid, and never collects it.
        Process shell = new ProcessBuilder("sh", "-c", "(exit 0) & echo $!; exec sleep 60").start();
        try (var lines = shell.inputReader()) {
            long child = Long.parseLong(lines.readLine());
            long deadlineNanos = System.nanoTime() + 10_000_000_000L;
            while (ProcessIdentity.of(child).isPresent() && System.nanoTime() < deadlineNanos) {
                Thread.onSpinWait();
            }
            assertThat(ProcessIdentity.of(child)).isEmpty();
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "12", "12 ", "x y", "-3 boot", "0 boot", "1 2 3", "99999999999999999999 boot"})
    void noteThatMakesNoSenseSpeaksOfNoProcess(String note) throws IOException {
        Path path = folder.resolve("s3.pid");
        Files.writeString(path, note);
        assertThat(new PidFile(path).noted()).isEmpty();
    }
}
