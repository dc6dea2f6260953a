package io.millrace.bench;

import io.millrace.localstack.Part;
import io.millrace.log.EventTopic;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;

/**
 * What keeping events costs, in bytes and in processor time, as the tables are made today and as they could be made
 * instead: bodies of inserts, codecs, the form of properties.
 */
final class Storage implements Measurement {
    private static final int EVENTS = 1_000_000;
    private static final int EVENTS_THOROUGH = 4_000_000;
    private static final int ROUNDS = 3;
    private static final int ROUNDS_THOROUGH = 5;
    private static final int PARTITIONS = EventTopic.PARTITIONS_DEFAULT;
    private static final Duration STORED_WITHIN = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "storage";
    }

    @Override
    public String purpose() {
        return "bytes on disk, and what codecs, compressed bodies and the form of properties cost";
    }

    @Override
    public Set<Extent.Option> takes() {
        return Set.of(Extent.Option.LONG);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException {
        int events = extent.isThorough() ? EVENTS_THOROUGH : EVENTS;
        try (PrivateServers servers = PrivateServers.start()) {
            EventStore store = servers.clickHouse();
            fill(servers, store, events);
            measure(store, servers.secondDatabase("whole"), extent.isThorough() ? ROUNDS_THOROUGH : ROUNDS, out);
        } catch (IOException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Measures on whatever events the store has.
     *
     * @param empty the same tables without any row
     */
    static void measure(EventStore store, EventStore empty, int rounds, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        new SizeOnDisk(store).print(out);
        store.awaitQuiet();
        PreparedRows rows = PreparedRows.of(store, "*", PARTITIONS);
        out.println();
        out.printf(
                Locale.ROOT,
                "%-34s%13s%n",
                "Blocks prepared, rows each",
                rows.rows() / rows.blocks().size());
        rows.insertInto(empty, "events_in", "whole");
        out.printf(
                Locale.ROOT,
                "%-34s%13s CPU s/M%n",
                "Their insert with both views",
                Comparison.text(
                        ServerCost.ofStatements(store, "whole", rows.blocks().size())
                                .secondsPerMillion(rows.rows())));
        new RequestBodies(store, rows, rounds).compare(out);
        new PropertyForms(store, rounds, out).compare(PARTITIONS);
        ColumnCodecs.compare(store, rows, rounds, out);
    }

    /** Through the log and the consumer-service, so that blocks, parts and ledger are what they are in earnest. */
    private static void fill(PrivateServers servers, EventStore store, int events)
            throws IOException, MeasurementException, InterruptedException {
        Instant start = Instant.parse(store.ask("SELECT formatDateTime(now(), '%FT%TZ')"));
        new DemoLog(servers.kafka(), Clock.systemUTC(), DemoLog.Terms.USUAL)
                .append(events, start.minus(events, ChronoUnit.MILLIS), Duration.ofMillis(1));
        try (ServiceProcess consumer = ServiceProcess.start(servers, Part.CONSUMER)) {
            new StoredRanges(store, consumer).await(events, STORED_WITHIN);
        }
    }
}
