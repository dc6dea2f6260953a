package io.millrace.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One process for ever: its pid together with when it started, so that a pid used again by another process is never
 * mistaken for it.
 *
 * <p>On Linux the start is the boot's id and the kernel's own tick count, which no change of the wall clock moves and
 * which tells an ended process that nobody has collected yet from a running one. Elsewhere it is the start time in
 * milliseconds that {@link ProcessHandle} reports.
 *
 * @param pid the process id
 * @param start when it started, comparable by equality only
 */
public record ProcessIdentity(long pid, String start) {
    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    public ProcessIdentity {
        if (pid <= 0 || start.isBlank() || start.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("no process: " + pid + " started " + start);
        }
    }

    /** The running process with this pid; empty when there is none or it has ended. */
    public static Optional<ProcessIdentity> of(long pid) {
        if (Files.isDirectory(PROC.resolve("self"))) {
            return linuxStart(pid).map(start -> new ProcessIdentity(pid, start));
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .map(Instant::toEpochMilli)
                .map(millis -> new ProcessIdentity(pid, Long.toString(millis)));
    }

    /** This very process. */
    public static ProcessIdentity self() {
        return of(ProcessHandle.current().pid()).orElseThrow();
    }

    /** Whether this process, and not a later one of the same pid, is running. */
    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** A handle to this process; empty when it has ended. */
    public Optional<ProcessHandle> handle() {
        return isAlive() ? ProcessHandle.of(pid) : Optional.empty();
    }

    private static Optional<String> linuxStart(long pid) {
        try {
            Path process = PROC.resolve(Long.toString(pid));
            String stat = Files.readString(process.resolve("stat"));
            // The name before the last parenthesis may itself hold spaces and parentheses.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (fields[STATE].equals("X") || (fields[STATE].equals("Z") && threads(process) <= 1)) {
                return Optional.empty();
            }
            String boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            return Optional.of(boot + ":" + fields[START_TICKS]);
        } catch (IOException e) {
            // There is none, or it ended between opening its file and reading it.
            return Optional.empty();
        }
    }

    /** How many threads a process still has. While there are others than the first, its ports are not free. */
    private static long threads(Path process) throws IOException {
        try (Stream<Path> tasks = Files.list(process.resolve("task"))) {
            return tasks.count();
        }
    }
}
