package io.millrace.bench;

import io.millrace.address.ServerUrl;
import io.millrace.cli.door.DoorAddress;
import io.millrace.cli.env.Environment;
import io.millrace.cli.env.MissingSettingException;
import io.millrace.demo.ShopTraffic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The running stack from the door to the table, and beside it Kafka's own producer on events of the same size into a
 * topic of its own: no door that acknowledges after Kafka can be faster than Kafka.
 */
final class Pipeline implements Measurement {
    private static final int EVENTS = 200_000;
    private static final int EVENTS_THOROUGH = 2_000_000;

    /** A tenth first, unmeasured, so that neither side is measured while its code is still being compiled. */
    private static final int WARM_UP_SHARE = 10;

    private static final double NANOS = 1e9;
    private static final Duration STORED_WITHIN = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String purpose() {
        return "events from the door to ClickHouse, beside Kafka's own producer; needs 'millrace up'";
    }

    @Override
    public Set<Extent.Option> takes() {
        return Set.of(Extent.Option.LONG);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException {
        int events = extent.isThorough() ? EVENTS_THOROUGH : EVENTS;
        try {
            Environment environment = Environment.read(System.getenv(), Path.of(""));
            DoorAddress door = DoorAddress.of(
                    environment.require("MILLRACE_INGEST_URL"), environment.require("MILLRACE_INGEST_KEY"));
            StoredEvents stored = new StoredEvents(ServerUrl.parse(environment.require("MILLRACE_CLICKHOUSE_URL")));
            double ours;
            try (DoorFeed feed = new DoorFeed(
                    door, InstantSource.system(), ThreadLocalRandom.current().nextLong())) {
                ours = feed(feed, stored, events, out);
            }
            double peer = new KafkaPeer(environment.require("MILLRACE_KAFKA")).recordsPerSecond(events);
            out.printf(Locale.ROOT, "%-34s %9.0f records/s%n", "Kafka's own producer, acknowledged", peer);
            out.printf(Locale.ROOT, "%-34s %9.2f%n", "ratio of the door to it", ours / peer);
        } catch (IOException | MissingSettingException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Events a second that the door accepted. */
    private static double feed(DoorFeed feed, StoredEvents stored, int events, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        int warmUp = events / WARM_UP_SHARE;
        feed.send(warmUp);
        feed.finish();
        // A partition is stored in order: what had waited before us is stored then, too.
        stored.await(warmUp, STORED_WITHIN);
        long startNanos = System.nanoTime();
        feed.send(events);
        feed.finish();
        double acceptedSeconds = (System.nanoTime() - startNanos) / NANOS;
        stored.await((long) warmUp + events, STORED_WITHIN);
        double storedSeconds = (System.nanoTime() - startNanos) / NANOS;
        out.printf(Locale.ROOT, "%d demo events of about %d bytes%n", events, ShopTraffic.EVENT_BYTES_MEAN);
        out.printf(Locale.ROOT, "%-34s %9.0f events/s%n", "accepted by the door", events / acceptedSeconds);
        out.printf(Locale.ROOT, "%-34s %9.0f events/s%n", "stored in ClickHouse", events / storedSeconds);
        out.printf(
                Locale.ROOT, "%-34s %9.2f s%n", "all stored after the last accepted", storedSeconds - acceptedSeconds);
        return events / acceptedSeconds;
    }
}
