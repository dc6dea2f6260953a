package io.millrace.prove.door;

import io.millrace.prove.stage.ServiceProcess;
import io.millrace.prove.verdict.Difference;
import io.millrace.prove.verdict.Differences;
import io.millrace.prove.verdict.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a door holds and has to say of itself, at rest. */
public final class Health {
    private static final double MEGABYTE = 1e6;

    /** A sixteenth of its heap: what is held for each request, be it 200 bytes, shows in 100 thousand of them. */
    private static final double GROWTH_MEGABYTES_MAX = 20;

    /** For what senders have left behind to be given up. */
    private static final Duration REST_WITHIN = Duration.ofSeconds(60);

    private static final long LOOK_EVERY_MILLIS = 200;

    private final ServiceProcess door;
    private final List<Double> heapMegabytes = new ArrayList<>();
    private double heldRequests;
    private double heldBytes;

    public Health(ServiceProcess door) {
        this.door = door;
    }

    /**
     * Waits until nothing is under way, and looks what is held. Netty's detector learns of a lost buffer by a collection,
     * and tells of it when the next buffer is taken: the look itself takes some.
     */
    public void look() throws InterruptedException {
        long beganNanos = System.nanoTime();
        do {
            Thread.sleep(LOOK_EVERY_MILLIS);
            heldRequests = door.metric("millrace_ingestion_in_flight_requests", "");
            heldBytes = door.metric("millrace_ingestion_in_flight_size_bytes", "");
        } while (heldRequests + heldBytes > 0 && System.nanoTime() - beganNanos < REST_WITHIN.toNanos());
        door.liveHeapBytes();
        heapMegabytes.add(door.liveHeapBytes() / MEGABYTE);
    }

    /** Of all looks. */
    public List<Finding> findings() throws IOException {
        double growth = heapMegabytes.getLast() - heapMegabytes.getFirst();
        List<String> log = door.log();
        return List.of(
                Finding.of("nothing of any request is held at the end", heldRequests + heldBytes == 0, toString()),
                Finding.of(
                        "its heap grows by no more than %.0f MB".formatted(GROWTH_MEGABYTES_MAX),
                        growth <= GROWTH_MEGABYTES_MAX,
                        toString()),
                Finding.of(
                        "Netty has followed every buffer",
                        log.stream().anyMatch(line -> line.contains("leakDetection.level: paranoid")),
                        "its detector does not say that it is paranoid"),
                Finding.of("and lost none", lines(log, " LEAK: ")),
                Finding.of("its log has no error", lines(log, " ERROR ")));
    }

    private static Differences lines(List<String> log, String mark) {
        Differences differences = new Differences();
        log.stream()
                .filter(line -> line.contains(mark))
                .forEach(line -> differences.add("lines with" + mark, Difference.ofSum(line)));
        return differences;
    }

    @Override
    public String toString() {
        return "heap after collections, in MB: %s; held: %.0f requests, %.0f bytes"
                .formatted(heapMegabytes.stream().map("%.1f"::formatted).toList(), heldRequests, heldBytes);
    }
}
