package io.millrace.bench;

import io.millrace.localstack.Part;
import io.millrace.log.EventTopic;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * The consumer-service on a full log: how fast it drains it, beside Kafka's bare consumer and ClickHouse's bare insert of
 * the same rows. No consumer can be faster than the slower of these two.
 */
final class Drain implements Measurement {
    private static final int EVENTS = 3_000_000;
    private static final int EVENTS_THOROUGH = 9_000_000;
    private static final int PARTITIONS = EventTopic.PARTITIONS_DEFAULT;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);
    /** How many inserts the consumer-service runs at once. */
    private static final int CONSUMERS_INSERTS = 4;

    private static final int STEADY_PER_SECOND = 20_000;
    private static final int STEADY_SECONDS = 20;
    private static final double MILLION = 1e6;

    private final Clock clock = Clock.systemUTC();

    @Override
    public String name() {
        return "consumer";
    }

    @Override
    public String purpose() {
        return "the consumer-service draining a full log, beside bare reading and bare inserting";
    }

    @Override
    public Set<Extent.Option> takes() {
        return Set.of(Extent.Option.LONG);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException {
        int events = extent.isThorough() ? EVENTS_THOROUGH : EVENTS;
        try (PrivateServers servers = PrivateServers.start()) {
            DemoLog log = new DemoLog(servers.kafka(), clock, DemoLog.Terms.USUAL);
            EventStore store = servers.clickHouse();
            Instant start = Instant.parse(store.ask("SELECT formatDateTime(now(), '%FT%TZ')"));
            log.append(events, start.minus(events, ChronoUnit.MILLIS), Duration.ofMillis(1));
            double bareRead = log.readRate(events);
            SteadyFeed afterwards = new SteadyFeed(log, store, clock);
            double ours = drain(servers, afterwards, events, out);
            recall(servers, out);
            store.awaitQuiet();
            PreparedRows rows = PreparedRows.of(store, "*", PARTITIONS);
            BareInsert bare = new BareInsert(rows);
            int processors = Runtime.getRuntime().availableProcessors();
            double used = servers.processorSeconds(Part.CLICKHOUSE);
            double alone = bare.rate(servers.secondDatabase("bare1"), 1);
            printProcessorTime(
                    out, "ClickHouse, bare insert", servers.processorSeconds(Part.CLICKHOUSE) - used, rows.rows());
            double bareInsert = DoubleStream.of(
                            alone,
                            bare.rate(servers.secondDatabase("bare2"), processors),
                            bare.rate(servers.secondDatabase("bare3"), CONSUMERS_INSERTS))
                    .max()
                    .orElseThrow();
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
    private static double drain(PrivateServers servers, SteadyFeed afterwards, int events, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        EventStore store = servers.clickHouse();
        Map<Part, Double> before = processorSeconds(servers);
        long startNanos = System.nanoTime();
        try (ServiceProcess consumer = ServiceProcess.start(servers, Part.CONSUMER)) {
            StoredRanges ranges = new StoredRanges(store, consumer);
            long first = ranges.await(1, DRAINED_WITHIN);
            long firstNanos = System.nanoTime();
            double consumerBefore = consumer.processorSeconds();
            ranges.await(events, DRAINED_WITHIN);
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
            new ServerAccount(store)
                    .seconds()
                    .forEach((what, seconds) -> printProcessorTime(out, "  for " + what, seconds, events));
            store.awaitQuiet();
            afterwards.run(STEADY_PER_SECOND, STEADY_SECONDS, out);
            return rate;
        }
    }

    /** How long a new owner takes to know again which events it has seen. */
    private static void recall(PrivateServers servers, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        try (ServiceProcess consumer = ServiceProcess.start(servers, Part.CONSUMER)) {
            long startNanos = System.nanoTime();
            while (consumer.metric("millrace_consumer_recall_seconds_count") < PARTITIONS) {
                consumer.requireAlive();
                if (System.nanoTime() - startNanos > DRAINED_WITHIN.toNanos()) {
                    throw new MeasurementException("the consumer has not read its windows back in " + DRAINED_WITHIN);
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            }
            out.printf(
                    Locale.ROOT,
                    "%-40s %9.2f s each, with %.0f MB when all are there%n",
                    "duplicate windows read back",
                    consumer.metric("millrace_consumer_recall_seconds_sum") / PARTITIONS,
                    consumer.metric("millrace_consumer_window_bytes") / MILLION);
        }
    }

    private static void printProcessorTime(PrintStream out, String who, double seconds, long events) {
        out.printf(
                Locale.ROOT, "%-40s %9.2f s of processor time per million events%n", who, seconds / (events / MILLION));
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
