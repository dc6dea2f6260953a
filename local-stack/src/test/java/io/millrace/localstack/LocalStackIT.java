package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.process.PidFile;
import io.millrace.localstack.process.ProcessIdentity;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Private stacks, their leftovers and their failures. PostgreSQL stands for all servers, since it starts fastest. */
class LocalStackIT {
    private static final EnumSet<Part> POSTGRES = EnumSet.of(Part.POSTGRES);

    @TempDir
    private Path root;

    @AfterEach
    void nothingIsLeftRunning() {
        new StackFolder(root.resolve("stack")).process(Part.POSTGRES).kill();
    }

    @Test
    void serverSurvivesItsStarterAndIsFoundByItsPidFile() {
        Ports ports = Ports.free();
        LocalStack first = LocalStack.open(root.resolve("stack"), ports, POSTGRES);
        ProcessIdentity server = postgres().running().orElseThrow();
        try (LocalStack second = LocalStack.open(root.resolve("stack"), ports, POSTGRES)) {
            assertThat(second.postgres().url()).isEqualTo(first.postgres().url());
            assertThat(postgres().running()).contains(server);
        }
        assertThat(server.isAlive()).isFalse();
        assertThat(ports.taken(Part.POSTGRES)).isEmpty();
    }

    @Test
    void strangerWithTheNotedPidIsLeftAloneAndTheServerStartedAnew() {
        PidFile note = postgres();
        note.write(new ProcessIdentity(ProcessIdentity.self().pid(), "an-earlier-start"));
        try (LocalStack stack = LocalStack.open(root.resolve("stack"), Ports.free(), POSTGRES)) {
            assertThat(stack.postgres().problem()).isEmpty();
            assertThat(note.running().orElseThrow().pid())
                    .isNotEqualTo(ProcessIdentity.self().pid());
        }
    }

    @Test
    void serverKilledFromOutsideIsStartedAgainOnItsData() throws IOException {
        Ports ports = Ports.free();
        LocalStack stack = LocalStack.open(root.resolve("stack"), ports, POSTGRES);
        ProcessIdentity server = postgres().running().orElseThrow();
        server.handle().orElseThrow().destroyForcibly();
        Awaitility.await().until(() -> !server.isAlive());
        assertThat(stack.postgres().problem()).contains("not running");
        stack.start();
        assertThat(stack.postgres().problem()).isEmpty();
        stack.close();
    }

    @Test
    void takenPortIsNamedBeforeAnythingIsStarted() throws IOException {
        Ports ports = Ports.free();
        try (ServerSocket other = new ServerSocket(ports.of(Part.POSTGRES), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalStack.open(root.resolve("stack"), ports, POSTGRES))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + ", which PostgreSQL needs, is taken");
        }
        assertThat(postgres().noted()).isEmpty();
    }

    @Test
    void serverThatDiesWhileStartingIsReportedAtOnceWithTheEndOfItsLog() throws IOException {
        Ports ports = Ports.free();
        LocalStack.open(root.resolve("stack"), ports, POSTGRES).close();
        Files.writeString(root.resolve("stack/postgres/data/postgresql.conf"), "no_such_setting = on\n");
        assertThatThrownBy(() -> LocalStack.open(root.resolve("stack"), ports, POSTGRES))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("PostgreSQL ended while it was starting")
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void serverOfSomebodyElseIsUsedAndNotStopped() {
        Ports ports = Ports.free();
        try (LocalStack owner = LocalStack.open(root.resolve("stack"), ports, POSTGRES)) {
            String url = owner.postgres().url();
            StackPlan borrowed = new StackPlan(
                    new StackFolder(root.resolve("other")),
                    Ports.free(),
                    POSTGRES,
                    Map.of(Part.POSTGRES, url),
                    false,
                    Map.of());
            try (LocalStack guest = LocalStack.of(borrowed)) {
                guest.start();
                assertThat(guest.environment()).containsEntry("MILLRACE_POSTGRES_URL", url);
            }
            assertThat(owner.postgres().problem()).isEmpty();
            owner.stop();
            assertThatThrownBy(() -> LocalStack.of(borrowed).start())
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("MILLRACE_EXTERNAL_POSTGRES");
        }
    }

    @Test
    void leftoversOfAKilledRunAreEndedAndThoseOfARunningOneAreNot() {
        Path runs = root.resolve("runs");
        Path killed = runs.resolve("run-1");
        Path running = runs.resolve("run-2");
        for (Path run : List.of(killed, running)) {
            LocalStack.open(run, Ports.free(), POSTGRES);
        }
        ProcessIdentity left = pidFile(killed).running().orElseThrow();
        ProcessIdentity used = pidFile(running).running().orElseThrow();
        new PidFile(killed.resolve("owner.pid")).write(new ProcessIdentity(1, "an-earlier-start"));
        new PidFile(running.resolve("owner.pid")).write(ProcessIdentity.self());

        SharedStack.sweep(runs);
        assertThat(left.isAlive()).isFalse();
        assertThat(killed).doesNotExist();
        assertThat(used.isAlive()).isTrue();
        new StackFolder(running).process(Part.POSTGRES).kill();
        assertThat(used.isAlive()).isFalse();
    }

    private PidFile postgres() {
        return pidFile(root.resolve("stack"));
    }

    private static PidFile pidFile(Path folder) {
        return new StackFolder(folder).pidFile(Part.POSTGRES);
    }
}
