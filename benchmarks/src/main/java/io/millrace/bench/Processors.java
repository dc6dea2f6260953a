package io.millrace.bench;

import io.millrace.localstack.Part;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How many processors each process has in use, between two looks. */
final class Processors {
    private final Map<String, Long> processes = new LinkedHashMap<>();
    private Map<String, Double> seconds = Map.of();
    private long nanos;

    Processors(PrivateServers servers, ServiceProcess... services) {
        for (ServiceProcess service : services) {
            processes.put(service.title(), service.pid());
        }
        for (Part part : new Part[] {Part.CLICKHOUSE, Part.KAFKA}) {
            processes.put(part.title(), servers.pid(part));
        }
        processes.put("asking and feeding", ProcessHandle.current().pid());
    }

    /** The first look. */
    void begin() {
        seconds = seconds();
        nanos = System.nanoTime();
    }

    /** What was in use since the first look. */
    String inUse() {
        double wall = (System.nanoTime() - nanos) / 1e9;
        return seconds().entrySet().stream()
                .map(now -> String.format(
                        Locale.ROOT,
                        "%s %.2f",
                        now.getKey(),
                        (now.getValue() - seconds.getOrDefault(now.getKey(), 0.0)) / wall))
                .collect(Collectors.joining(", "));
    }

    private Map<String, Double> seconds() {
        Map<String, Double> now = new LinkedHashMap<>();
        processes.forEach((name, pid) -> now.put(name, ProcessorTime.seconds(pid)));
        return now;
    }
}
