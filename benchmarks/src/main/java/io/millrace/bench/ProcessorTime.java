package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Processor time of whole processes, in user and kernel mode. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** What a running process has used; on Linux as its kernel counts it, in hundredths. */
    static double seconds(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return ProcessHandle.of(pid)
                            .flatMap(process -> process.info().totalCpuDuration())
                            .orElse(Duration.ZERO)
                            .toMillis()
                    / 1e3;
        }
        try {
            return seconds(Files.readString(stat));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fields 14 and 15 of {@code proc(5)}'s stat, in ticks, of which every Linux has 100 a second. */
    static double seconds(String stat) {
        // The name before the last parenthesis may itself hold spaces and parentheses.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }
}
