package io.millrace.localstack.launcher;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The folder of one Millrace on this machine, as the command line or {@code MILLRACE_HOME} names it. */
final class Home {
    private static final String VARIABLE = "MILLRACE_HOME";

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "where data, logs and passwords lie (MILLRACE_HOME; else .millrace in the checkout)")
    private Optional<Path> option = Optional.empty();

    StackFolder folder() {
        return new StackFolder(option.or(() -> Optional.ofNullable(System.getenv(VARIABLE))
                        .filter(value -> !value.isBlank())
                        .map(Path::of))
                .orElseGet(() -> Checkout.find().root().resolve(".millrace")));
    }

    /**
     * The ports that are in use if anything runs, else those the environment asks for.
     *
     * @throws StackException when something runs on other ports than the environment asks for
     */
    Ports portsToStart(Map<String, String> environment) {
        Ports wanted = Ports.of(environment);
        Ports used = portsInUse(environment);
        if (!used.equals(wanted)) {
            throw new StackException("Millrace runs in " + folder().root() + " on the ports from " + used.base()
                    + ", and " + Ports.VARIABLE + " asks for those from " + wanted.base() + ". Run down first.");
        }
        return wanted;
    }

    /** The ports that are in use if anything runs, else those the environment asks for. */
    Ports portsInUse(Map<String, String> environment) {
        Path note = portsNote();
        boolean running = Arrays.stream(Part.values())
                .anyMatch(part -> folder().process(part).running().isPresent());
        try {
            return running && Files.exists(note)
                    ? Ports.of(Map.of(Ports.VARIABLE, Files.readString(note)))
                    : Ports.of(environment);
        } catch (IOException e) {
            throw new StackException("cannot read " + note, e);
        }
    }

    void notePorts(Ports ports) throws IOException {
        Files.createDirectories(portsNote().getParent());
        Files.writeString(portsNote(), Integer.toString(ports.base()));
    }

    /** Keeps two commands from changing the same parts at once; waits for the other one. */
    FileLock lock() throws IOException {
        FileChannel channel = FileChannel.open(
                folder().create().root().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock();
        if (held == null) {
            System.err.println("Another millrace command is at work in " + folder().root() + "; waiting for it ...");
            held = channel.lock();
        }
        return held;
    }

    private Path portsNote() {
        return folder().root().resolve("run").resolve("ports");
    }
}
