package io.millrace.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One process that outlives its starter and is found again by its pid file.
 *
 * <p>Starting twice starts one. A starter killed between starting and noting the pid leaves a process that only its
 * taken port betrays. Stopping asks, waits, and then insists; a process that was frozen is woken first.
 */
public final class ManagedProcess {
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final Duration COLLECTED_WITHIN = Duration.ofSeconds(2);
    private static final Duration FROZEN_WITHIN = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 25;
    private static final String PERL_SETSID = "POSIX::setsid(); exec {$ARGV[0]} @ARGV or die";
    /** A log larger than this is set aside, once, when the process starts. */
    private static final long LOG_BYTES_MAX = 16L << 20;

    private final String name;
    private final PidFile pidFile;
    private final Path log;

    /**
     * A process that may or may not run.
     *
     * @param name for messages
     * @param pidFile where it is noted
     * @param log where its output goes
     */
    public ManagedProcess(String name, PidFile pidFile, Path log) {
        this.name = name;
        this.pidFile = pidFile;
        this.log = log;
    }

    /** The process, if it runs. */
    public Optional<ProcessIdentity> running() {
        return pidFile.running();
    }

    /** Starts the command unless the process runs already; does not wait for it to answer. */
    public void start(Command command) {
        if (running().isPresent()) {
            return;
        }
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            setLargeLogAside();
            ProcessBuilder builder = new ProcessBuilder(detached(command.words()))
                    .directory(command.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            ProcessIdentity.of(process.pid()).ifPresent(pidFile::write);
        } catch (IOException e) {
            throw new StackException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the process answers.
     *
     * @param patience how long at most; the process is left running when it is over
     * @throws StackException with the end of the log, at once when the process has ended
     */
    public void await(Probe probe, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        Optional<String> problem = Optional.of("not asked yet");
        while (problem.isPresent()) {
            if (running().isEmpty()) {
                throw new StackException(name + " ended while it was starting. The end of " + log + ":\n" + tail());
            }
            problem = probe.problem();
            if (problem.isPresent() && System.nanoTime() > deadlineNanos) {
                throw new StackException(name + " does not answer after " + patience.toSeconds() + " s ("
                        + problem.get() + "). The end of " + log + ":\n" + tail());
            }
            if (problem.isPresent()) {
                pause();
            }
        }
    }

    /** Asks the process to end, waits, then insists; nothing when it does not run. */
    public void stop(Signal politely, Duration patience) {
        running().ifPresent(process -> {
            List<ProcessIdentity> family = family(process);
            Signal.CONT.send(process);
            politely.send(process);
            if (!waited(List.of(process), ProcessIdentity::isAlive, patience)) {
                Signal.KILL.send(process);
            }
            end(family);
        });
        pidFile.delete();
    }

    /** Ends the process and what it started without asking, as a power cut would. */
    public void kill() {
        running().ifPresent(process -> {
            List<ProcessIdentity> family = family(process);
            Signal.KILL.send(process);
            end(family);
        });
        pidFile.delete();
    }

    /** Stops it where it is. Its threads do not all stop at once: where the system tells, all have when this returns. */
    public void freeze() {
        running().ifPresent(process -> {
            Signal.STOP.send(process);
            waited(List.of(process), ManagedProcess::moves, FROZEN_WITHIN);
        });
    }

    /** Whether a thread of it is not stopped; false where there is no {@code /proc}. */
    private static boolean moves(ProcessIdentity process) {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return false;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return all.anyMatch(ManagedProcess::isMoving);
        } catch (IOException | UncheckedIOException e) {
            return process.isAlive();
        }
    }

    private static boolean isMoving(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            // The name before the state may have brackets itself.
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'T';
        } catch (IOException e) {
            // A thread that has ended.
            return false;
        }
    }

    /** Sends any signal, for faults made on purpose. */
    public void send(Signal signal) {
        running().ifPresent(signal::send);
    }

    private void end(List<ProcessIdentity> family) {
        // What a server started ends with it by itself; what does not is not left behind.
        if (!waited(family, ProcessIdentity::isAlive, Duration.ofSeconds(2))) {
            family.forEach(Signal.KILL::send);
        }
        if (!waited(family, ProcessIdentity::isAlive, Duration.ofSeconds(10))) {
            throw new StackException(name + " does not end, pids "
                    + family.stream().map(ProcessIdentity::pid).toList());
        }
        // Ended, they are listed until their parent, or the system in its place, has collected them: soon, or never.
        waited(family, process -> ProcessHandle.of(process.pid()).isPresent(), COLLECTED_WITHIN);
    }

    private static List<ProcessIdentity> family(ProcessIdentity process) {
        List<ProcessIdentity> family = new ArrayList<>(List.of(process));
        process.handle().stream()
                .flatMap(ProcessHandle::descendants)
                .flatMap(child -> ProcessIdentity.of(child.pid()).stream())
                .forEach(family::add);
        return family;
    }

    /** Waits until it holds for none any more; false when the patience was over before. */
    private static boolean waited(
            List<ProcessIdentity> processes, Predicate<ProcessIdentity> holds, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(holds)) {
            if (System.nanoTime() > deadlineNanos) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static List<String> detached(List<String> words) {
        // In a session of its own the process outlives the terminal and does not see its Ctrl-C. setsid, or perl where
        // there is none (macOS), replaces itself by the program, so the pid is the program's.
        return Tools.find("setsid")
                .map(setsid -> prefixed(words, setsid.toString()))
                .or(() ->
                        Tools.find("perl").map(perl -> prefixed(words, perl.toString(), "-MPOSIX", "-e", PERL_SETSID)))
                .orElse(words);
    }

    private static List<String> prefixed(List<String> words, String... prefix) {
        return Stream.concat(Stream.of(prefix), words.stream()).toList();
    }

    private void setLargeLogAside() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String tail() {
        try {
            return String.join("\n", LogTail.of(log, TAIL_LINES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting", e);
        }
    }
}
