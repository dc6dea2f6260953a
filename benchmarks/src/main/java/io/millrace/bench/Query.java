package io.millrace.bench;

import io.millrace.bench.asking.Panel;
import io.millrace.localstack.Part;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A dashboard's questions to the analytics-service over many stored events while more come in, beside the same questions
 * straight to ClickHouse. Some of the answers are counted again afterwards.
 */
final class Query implements Measurement {
    private static final int EVENTS = 10_000_000;
    private static final int EVENTS_SHORT = 200_000;
    private static final Duration SPREAD = Duration.ofDays(30);
    /** One event in four is another tenant's, and must not be in any answer. */
    private static final List<Tenant> TENANTS =
            List.of(DemoLog.TENANT, DemoLog.TENANT, DemoLog.TENANT, new Tenant("neighbour"));

    private static final int PER_SECOND = 5_000;
    private static final Duration FEED_EVERY = Duration.ofMillis(5);
    /** No slower than this are events stored anywhere. */
    private static final int STORED_PER_SECOND_MIN = 10_000;

    private static final Duration STORED_WITHIN = Duration.ofMinutes(2);

    private final Clock clock = Clock.systemUTC();

    @Override
    public String name() {
        return "query";
    }

    @Override
    public String purpose() {
        return "a dashboard's questions while events come in, beside ClickHouse asked the same";
    }

    @Override
    public Set<Extent.Option> takes() {
        return EnumSet.of(Extent.Option.SHORT, Extent.Option.EVENTS, Extent.Option.SEED);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException {
        int events = extent.number(Extent.Option.EVENTS, extent.isShort() ? EVENTS_SHORT : EVENTS);
        try (PrivateServers servers = PrivateServers.start()) {
            String key = key(servers);
            DemoLog log = new DemoLog(servers.kafka(), clock, new DemoLog.Terms(extent.seed(), TENANTS));
            try (ServiceProcess consumer = ServiceProcess.start(servers, Part.CONSUMER)) {
                StoredRanges ranges = new StoredRanges(servers.clickHouse(), consumer);
                fill(log, ranges, events, out);
                servers.clickHouse().awaitQuiet();
                try (ServiceProcess analytics = ServiceProcess.start(servers, Part.ANALYTICS);
                        RunningFeed feed = RunningFeed.start(PER_SECOND, FEED_EVERY, log.outlet(1))) {
                    analytics.awaitReady();
                    LiveAnswers.await(analytics, key, clock);
                    AskingRounds rounds = new AskingRounds(
                            extent.isShort() ? AskingRounds.Terms.SHORT : AskingRounds.Terms.USUAL,
                            new AskingRounds.Stage(servers, consumer, analytics, feed, key),
                            clock,
                            out);
                    for (Panel panel : Panel.values()) {
                        rounds.measure(panel);
                    }
                    out.printf(Locale.ROOT, "%n%-34s %9.0f events/s%n", "fed beside it", feed.perSecond());
                    ranges.await(events + feed.finish(), STORED_WITHIN);
                    rounds.check();
                }
            }
        } catch (IOException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The door's administration makes it; then the door is not needed any more. */
    private static String key(PrivateServers servers) throws IOException, MeasurementException, InterruptedException {
        try (ServiceProcess ingestion = ServiceProcess.start(servers, Part.INGESTION)) {
            ingestion.awaitReady();
            return AccessKeys.make(servers, DemoLog.TENANT).query();
        }
    }

    private void fill(DemoLog log, StoredRanges ranges, int events, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        Instant from = clock.instant().minus(SPREAD);
        long startNanos = System.nanoTime();
        log.append(events, from, SPREAD.dividedBy(events));
        ranges.await(events, STORED_WITHIN.plusSeconds(events / STORED_PER_SECOND_MIN));
        out.printf(
                Locale.ROOT,
                "%d demo events of %d days, stored within %.0f s%n",
                events,
                SPREAD.toDays(),
                (System.nanoTime() - startNanos) / 1e9);
    }
}
