package io.millrace.bench;

import io.millrace.localstack.Part;
import io.millrace.log.EventTopic;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The consumer-service on a full log: how fast it drains it, beside Kafka's bare consumer and ClickHouse's bare insert of
 * the same rows. No consumer can be faster than the slower of these two.
 */
final class Drain implements Measurement {
    private static final int EVENTS = 3_000_000;
    private static final int EVENTS_THOROUGH = 9_000_000;
    private static final int PARTITIONS = EventTopic.PARTITIONS_DEFAULT;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);
    private static final double MILLION = 1e6;

    private static final String STORED = """
            SELECT sum(stored) FROM ledger FINAL WHERE kind = 'stored'""";

    @Override
    public String name() {
        return "consumer";
    }

    @Override
    public String purpose() {
        return "the consumer-service draining a full log, beside bare reading and bare inserting";
    }

    @Override
    public void run(boolean thorough, PrintStream out) throws MeasurementException, InterruptedException {
        int events = thorough ? EVENTS_THOROUGH : EVENTS;
        try (PrivateServers servers = PrivateServers.start()) {
            DemoLog log = new DemoLog(servers.kafka());
            EventStore store = servers.clickHouse();
            Instant start = Instant.parse(store.ask("SELECT formatDateTime(now(), '%FT%TZ')"));
            log.append(events, start.minus(events, ChronoUnit.MILLIS));
            double bareRead = log.readRate(events);
            double ours = drain(servers, store, events, out);
            store.awaitQuiet();
            BareInsert bare = new BareInsert(PreparedRows.of(store, "*", PARTITIONS));
            int processors = Runtime.getRuntime().availableProcessors();
            double bareInsert = Math.max(
                    bare.rate(servers.secondDatabase("bare1"), 1),
                    bare.rate(servers.secondDatabase("bare2"), processors));
            print(out, "Kafka's bare consumer", bareRead, ours / bareRead);
            print(out, "bare Native insert of the same rows", bareInsert, ours / bareInsert);
        } catch (IOException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(PrintStream out, String peer, double rate, double ratio) {
        out.printf(Locale.ROOT, "%-40s %9.0f rows/s, ours is %.2f of it%n", peer, rate, ratio);
    }

    /** Rows a second from the first range in the ledger to the last. */
    private static double drain(PrivateServers servers, EventStore store, int events, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        Map<Part, Double> before = processorSeconds(servers);
        long startNanos = System.nanoTime();
        try (ConsumerProcess consumer = ConsumerProcess.start(servers)) {
            long first = awaitStored(consumer, servers, 1);
            long firstNanos = System.nanoTime();
            double consumerBefore = consumer.processorSeconds();
            awaitStored(consumer, servers, events);
            long endNanos = System.nanoTime();
            double consumerAfter = consumer.processorSeconds();
            requireWhole(store, events);
            double rate = (events - first) / ((endNanos - firstNanos) / 1e9);
            out.printf(Locale.ROOT, "%d demo events in %d partitions%n", events, PARTITIONS);
            out.printf(Locale.ROOT, "%-40s %9.0f rows/s%n", "drained into ClickHouse, with its views", rate);
            out.printf(
                    Locale.ROOT,
                    "%-40s %9.1f s, of which %.1f s to the first range%n",
                    "from the start of the process",
                    (endNanos - startNanos) / 1e9,
                    (firstNanos - startNanos) / 1e9);
            out.printf(Locale.ROOT, "%-40s %9.0f rows%n", "mean range", store.number("""
                    SELECT toUInt64(avg(stored)) FROM ledger FINAL WHERE kind = 'stored'""") * 1.0);
            printProcessorTime(out, "consumer-service, once it runs", consumerAfter - consumerBefore, events - first);
            processorSeconds(servers)
                    .forEach((part, seconds) ->
                            printProcessorTime(out, part.title(), seconds - before.getOrDefault(part, 0.0), events));
            return rate;
        }
    }

    private static void printProcessorTime(PrintStream out, String who, double seconds, long events) {
        out.printf(
                Locale.ROOT, "%-40s %9.2f s of processor time per million events%n", who, seconds / (events / MILLION));
    }

    private static long awaitStored(ConsumerProcess consumer, PrivateServers servers, long rows)
            throws IOException, MeasurementException, InterruptedException {
        EventStore store = servers.clickHouse();
        long startNanos = System.nanoTime();
        long stored = store.number(STORED);
        while (stored < rows) {
            consumer.requireAlive(servers);
            if (System.nanoTime() - startNanos > DRAINED_WITHIN.toNanos()) {
                throw new MeasurementException(
                        "after " + DRAINED_WITHIN + " the ledger has " + stored + " rows and should have " + rows);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            stored = store.number(STORED);
        }
        return stored;
    }

    private static void requireWhole(EventStore store, long events)
            throws IOException, MeasurementException, InterruptedException {
        for (String count : new String[] {
            "count() FROM events", "sum(rows) FROM events_per_minute", "sum(rows) FROM events_per_hour"
        }) {
            long found = store.number("SELECT " + count);
            if (found != events) {
                throw new MeasurementException(count + " is " + found + " and should be " + events);
            }
        }
    }

    private static Map<Part, Double> processorSeconds(PrivateServers servers) {
        Map<Part, Double> seconds = new LinkedHashMap<>();
        for (Part part : new Part[] {Part.KAFKA, Part.CLICKHOUSE}) {
            seconds.put(part, servers.processorSeconds(part));
        }
        return seconds;
    }
}
