package io.millrace.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands as programs, as far as they need no services, which are not built when this module is tested; the whole
 * is the system tests' matter. PostgreSQL stands for all parts.
 */
class LauncherIT {
    @TempDir
    private Path root;

    private final Ports ports = Ports.free();

    @AfterEach
    void nothingIsLeftRunning() {
        folder().process(Part.POSTGRES).kill();
    }

    @Test
    void statusTellsWhatRunsAndDownEndsItAndKeepsTheData() throws IOException, InterruptedException {
        LocalStack.open(home(), ports, EnumSet.of(Part.POSTGRES));
        ProcessIdentity postgres = folder().process(Part.POSTGRES).running().orElseThrow();

        Outcome status = run(ports, "status");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.text())
                .containsPattern(
                        "postgres +healthy +pid " + postgres.pid() + " +port " + ports.of(Part.POSTGRES) + " +\\d+ MiB")
                .containsPattern("kafka +not running");

        assertThat(run(ports, "logs", "postgres").text()).contains("ready to accept connections");

        Outcome down = run(ports, "down");
        assertThat(down.exitCode()).isZero();
        assertThat(down.text()).contains("PostgreSQL stopped").contains(home().toString());
        assertThat(postgres.isAlive()).isFalse();
        assertThat(home().resolve("postgres/data/PG_VERSION")).exists();
        assertThat(run(ports, "down").text()).contains("Nothing runs.");
    }

    @Test
    void upNamesATakenPortBeforeItStartsAnything() throws IOException, InterruptedException {
        int taken = ports.of(Part.RETENTION);
        try (ServerSocket other = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            Outcome up = run(ports, "up");
            assertThat(up.exitCode()).isNotZero();
            assertThat(up.text())
                    .contains("port " + taken)
                    .contains("retention-service")
                    .contains("MILLRACE_PORT_BASE=");
        }
        assertThat(Files.exists(home().resolve("logs"))).isFalse();
    }

    @Test
    void upOnOtherPortsThanThoseInUseSaysSo() throws IOException, InterruptedException {
        LocalStack.open(home(), ports, EnumSet.of(Part.POSTGRES));
        Files.writeString(home().resolve("run/ports"), Integer.toString(ports.base()));
        Outcome up = run(new Ports(ports.base() + 100), "up");
        assertThat(up.exitCode()).isNotZero();
        assertThat(up.text()).contains("from " + ports.base()).contains("Run down first");
    }

    @Test
    void commandsOnAFolderThatIsNotThereMakeNone() throws IOException, InterruptedException {
        assertThat(run(ports, "status").exitCode()).isEqualTo(1);
        assertThat(run(ports, "down").exitCode()).isZero();
        assertThat(run(ports, "logs", "kafka").text()).contains("it has not been started yet");
        assertThat(home()).doesNotExist();
    }

    @Test
    void unknownCommandsAndPartsAreRefused() throws IOException, InterruptedException {
        assertThat(run(ports, "restart").exitCode()).isNotZero();
        assertThat(run(ports, "logs", "zookeeper").text()).contains("there are s3, kafka");
        assertThat(run(ports, "logs", "kafka", "-n", "10001").text()).contains("0 to 10000 lines");
    }

    private record Outcome(int exitCode, String text) {}

    private Outcome run(Ports wanted, String... arguments) throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(List.of(Main.class.getName()));
        program.addAll(List.of(arguments));
        List<String> options = List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dmillrace.root=" + System.getProperty("millrace.root", "."),
                "-cp",
                System.getProperty("java.class.path"));
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(options, program)).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_") && !name.equals("MILLRACE_CACHE"));
        builder.environment().put("MILLRACE_HOME", home().toString());
        builder.environment().put(Ports.VARIABLE, Integer.toString(wanted.base()));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }

    private Path home() {
        return root.resolve("home");
    }

    private StackFolder folder() {
        return new StackFolder(home());
    }
}
