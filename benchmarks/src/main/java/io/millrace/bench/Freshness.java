package io.millrace.bench;

import io.millrace.bench.asking.Latencies;
import io.millrace.cli.door.DoorAddress;
import io.millrace.localstack.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * From the door's 202 to the answer that contains the event, while others come in through the same door. Beside it, how
 * long it takes until the event's row is in ClickHouse: no answer from the table alone can be sooner.
 */
final class Freshness implements Measurement {
    private static final double P99_MILLIS_MAX = 100;
    private static final int PER_SECOND = 5_000;
    private static final Duration FEED_EVERY = Duration.ofMillis(20);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration WARM_UP_SHORT = Duration.ofSeconds(5);
    private static final int PROBES = 300;
    private static final int PROBES_SHORT = 20;
    /** Drawn anew before each probe, so that none keeps step with what happens at intervals. */
    private static final int PAUSE_MICROS_MAX = 50_000;

    private final Clock clock = Clock.systemUTC();

    @Override
    public String name() {
        return "freshness";
    }

    @Override
    public String purpose() {
        return "from the door's 202 to the answer with the event, beside its row in ClickHouse";
    }

    @Override
    public Set<Extent.Option> takes() {
        return EnumSet.of(Extent.Option.SHORT, Extent.Option.PROBES, Extent.Option.SEED);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException {
        try (PrivateServers servers = PrivateServers.start();
                ServiceProcess ingestion = ServiceProcess.start(servers, Part.INGESTION);
                ServiceProcess consumer = ServiceProcess.start(servers, Part.CONSUMER);
                ServiceProcess analytics = ServiceProcess.start(servers, Part.ANALYTICS)) {
            for (ServiceProcess service : List.of(ingestion, consumer, analytics)) {
                service.awaitReady();
            }
            AccessKeys keys = AccessKeys.make(servers, DemoLog.TENANT);
            try (DoorFeed door = new DoorFeed(DoorAddress.of(ingestion.url(), keys.ingest()), clock, extent.seed());
                    RunningFeed feed = RunningFeed.start(PER_SECOND, FEED_EVERY, door);
                    Prober prober = new Prober(
                            new Prober.Stage(ingestion.port(), analytics.port(), servers.clickHouse(), keys),
                            extent.seed(),
                            clock)) {
                LiveAnswers.await(analytics, keys.query(), clock);
                Processors processors = new Processors(servers, ingestion, consumer, analytics);
                Waits waits = probe(prober, feed, extent, processors);
                print(waits, out);
                out.printf(
                        Locale.ROOT,
                        "  beside %.0f events/s through the same door; processors in use: %s%n",
                        feed.perSecond(),
                        processors.inUse());
                out.printf("  of the answers that were waited for %d not exact%n", prober.notExact());
            }
        } catch (IOException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Waits for events in every way by turns, for a while that does not count and as often as wanted. */
    private static Waits probe(Prober prober, RunningFeed feed, Extent extent, Processors processors)
            throws IOException, MeasurementException, InterruptedException {
        int probes = extent.number(Extent.Option.PROBES, extent.isShort() ? PROBES_SHORT : PROBES);
        SplittableRandom pauses = new SplittableRandom(extent.seed());
        Waits waits = new Waits();
        long warmNanos = System.nanoTime() + (extent.isShort() ? WARM_UP_SHORT : WARM_UP).toNanos();
        for (int counted = 0; counted < probes; ) {
            boolean counts = System.nanoTime() >= warmNanos;
            if (counts && counted++ == 0) {
                processors.begin();
            }
            for (Prober.Way way : Prober.Way.values()) {
                TimeUnit.MICROSECONDS.sleep(pauses.nextInt(PAUSE_MICROS_MAX));
                long tookNanos = prober.nanos(way);
                if (counts) {
                    waits.of(way).add(tookNanos);
                }
            }
            feed.requireRunning();
        }
        return waits.sorted();
    }

    private static void print(Waits waits, PrintStream out) {
        Comparison comparison = new Comparison("p50 ms", "p95 ms", "p99 ms", "longest ms");
        for (Prober.Way way : Prober.Way.values()) {
            Latencies all = waits.of(way);
            comparison.add(way.title(), all.millis(0.5), all.millis(0.95), all.millis(0.99), all.millis(1));
        }
        out.printf("from the door's 202, %d events each%n", waits.asking().size());
        comparison.print(out);
        out.println("  goal: "
                + AskingRounds.verdict("p99 ms", P99_MILLIS_MAX, waits.asking().millis(0.99), true));
    }
}
