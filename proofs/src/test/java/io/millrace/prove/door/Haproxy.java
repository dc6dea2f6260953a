package io.millrace.prove.door;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.LocalPort;
import io.millrace.localstack.process.ManagedProcess;
import io.millrace.localstack.process.PidFile;
import io.millrace.localstack.process.Tools;
import io.millrace.prove.stage.Stage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HAProxy with the configuration in {@code deploy/}, before the two doors of a stage. */
final class Haproxy implements AutoCloseable {
    static final String NAME = "haproxy";

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final ManagedProcess process;
    private final Thread onInterrupt;

    private Haproxy(int port, ManagedProcess process) {
        this.port = port;
        this.process = process;
        this.onInterrupt = new Thread(process::kill, "end-of-haproxy");
    }

    /** Starts it and waits until it listens. */
    static Haproxy before(Stage stage) {
        Path folder = stage.folder();
        Haproxy haproxy = new Haproxy(
                stage.sparePort(),
                new ManagedProcess(
                        NAME,
                        new PidFile(folder.resolve("run").resolve(NAME + ".pid")),
                        folder.resolve("logs").resolve(NAME + ".log")));
        haproxy.start(stage);
        return haproxy;
    }

    private void start(Stage stage) {
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        String program = Tools.find(NAME).orElseThrow().toString();
        Path configuration = Checkout.find().root().resolve("deploy/haproxy/haproxy.cfg");
        process.start(new Command(
                List.of(program, "-db", "-f", configuration.toString()),
                Map.of(
                        "MILLRACE_BIND", "127.0.0.1:" + port,
                        "MILLRACE_DOOR_1", stage.doors().getFirst().url().getAuthority(),
                        "MILLRACE_DOOR_2", stage.doors().getLast().url().getAuthority()),
                stage.folder()));
        process.await(
                () -> LocalPort.isListening(port) ? Optional.empty() : Optional.of("does not listen"), START_PATIENCE);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.kill();
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }
}
