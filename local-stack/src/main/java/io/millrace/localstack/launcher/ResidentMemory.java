package io.millrace.localstack.launcher;

import io.millrace.localstack.process.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much memory processes hold. */
final class ResidentMemory {
    private static final long KIB = 1024;
    private static final double MIB = 1 << 20;

    private ResidentMemory() {}

    /** Bytes of a process and all it started, as the system's {@code ps} counts them: pages they share count each time. */
    static long ofFamily(ProcessIdentity process) {
        String pids = process.handle().stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .map(handle -> Long.toString(handle.pid()))
                .collect(Collectors.joining(","));
        if (pids.isEmpty()) {
            return 0;
        }
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", pids)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .mapToLong(line -> Long.parseLong(line) * KIB)
                    .sum();
        } catch (IOException noPs) {
            // Shown as 0: a system without ps is no reason not to tell what runs.
            return 0;
        }
    }

    static String text(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / MIB);
    }
}
