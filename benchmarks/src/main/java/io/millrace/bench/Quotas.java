package io.millrace.bench;

import io.millrace.bench.asking.Latencies;
import io.millrace.bench.asking.Request;
import io.millrace.bench.sending.SendingLoop;
import io.millrace.bench.sending.Sent;
import io.millrace.cli.AdminApi;
import io.millrace.cli.AdminException;
import io.millrace.localstack.Part;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How long a tenant's requests take while another one sends ten times its quota, and how much of that is accepted. */
final class Quotas implements Measurement {
    private static final Tenant LOUD = new Tenant("loud");
    private static final Tenant QUIET = new Tenant("quiet");
    private static final int DISTINCT_EVENTS = 10_000;

    private static final int QUOTA_EVENTS_PER_SECOND = 5_000;
    /** Used up before anything counts. */
    private static final int BURST_SECONDS = 1;

    private static final int TIMES = 10;
    private static final int LOUD_BATCH = 100;
    private static final int LOUD_CONNECTIONS = 16;

    private static final int QUIET_BATCH = 10;
    private static final int QUIET_CONNECTIONS = 4;
    private static final double QUIET_REQUESTS_PER_SECOND = 100;

    private static final double P99_RATIO_MAX = 1.5;
    private static final double OFF_MAX = 0.1;
    private static final double P99 = 0.99;

    /** How often, how long, and how long what is before it. */
    private record Terms(int rounds, Duration warmUp, Duration settling, Duration counted) {
        static final Terms USUAL = new Terms(7, Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofSeconds(10));
        static final Terms SHORT = new Terms(2, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(3));

        static Terms of(Extent extent) {
            return extent.isShort() ? SHORT : USUAL;
        }
    }

    /** Those who send. */
    private record Senders(SendingLoop loud, SendingLoop quiet) {
        Sent loud(Duration warmUp, Duration counted) throws IOException, InterruptedException {
            return loud.paced(warmUp, counted, (double) TIMES * QUOTA_EVENTS_PER_SECOND / LOUD_BATCH);
        }

        Sent quiet(Duration warmUp, Duration counted) throws IOException, InterruptedException {
            return quiet.paced(warmUp, counted, QUIET_REQUESTS_PER_SECOND);
        }
    }

    @Override
    public String name() {
        return "quotas";
    }

    @Override
    public String purpose() {
        return "a tenant's latency beside another one that sends ten times its quota";
    }

    @Override
    public Set<Extent.Option> takes() {
        return EnumSet.of(Extent.Option.SHORT, Extent.Option.SEED);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException {
        try (PrivateServers servers = PrivateServers.start();
                ServiceProcess door = ServiceProcess.start(servers, Part.INGESTION)) {
            door.awaitReady();
            measure(senders(servers, door, extent.seed()), Terms.of(extent), out);
        } catch (IOException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Senders senders(PrivateServers servers, ServiceProcess door, long seed)
            throws MeasurementException, InterruptedException {
        List<byte[]> events = DemoEvents.json(seed, DISTINCT_EVENTS);
        String loud = AccessKeys.make(servers, LOUD).ingest();
        String quiet = AccessKeys.make(servers, QUIET).ingest();
        try {
            new AdminApi("http://127.0.0.1:" + servers.adminPort(), servers.adminToken())
                    .setQuota(LOUD, QUOTA_EVENTS_PER_SECOND, BURST_SECONDS);
        } catch (AdminException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
        return new Senders(
                new SendingLoop(door.port(), requests(events, loud, LOUD_BATCH), LOUD_CONNECTIONS),
                new SendingLoop(door.port(), requests(events, quiet, QUIET_BATCH), QUIET_CONNECTIONS));
    }

    private static List<byte[]> requests(List<byte[]> events, String key, int batch) {
        List<byte[]> requests = new ArrayList<>();
        for (int from = 0; from + batch <= events.size(); from += batch) {
            List<String> texts = events.subList(from, from + batch).stream()
                    .map(event -> new String(event, StandardCharsets.UTF_8))
                    .toList();
            requests.add(Request.post("/v1/events", key, "[" + String.join(",", texts) + "]"));
        }
        return requests;
    }

    /** By turns, so that what else the machine does meets both. */
    private static void measure(Senders senders, Terms terms, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        double[] alone = new double[terms.rounds()];
        double[] beside = new double[terms.rounds()];
        double[] accepted = new double[terms.rounds()];
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            // Not counted: code is compiled.
            Future<Sent> first = thread.submit(() -> senders.loud(Duration.ZERO, terms.warmUp()));
            senders.quiet(Duration.ZERO, terms.warmUp());
            result(first);
            for (int round = 0; round < terms.rounds(); round++) {
                Sent calm = senders.quiet(terms.settling(), terms.counted());
                Future<Sent> storm = thread.submit(() -> senders.loud(terms.settling(), terms.counted()));
                Sent disturbed = senders.quiet(terms.settling(), terms.counted());
                Sent loud = result(storm);
                alone[round] = p99(calm);
                beside[round] = p99(disturbed);
                accepted[round] = loud.perSecond() * LOUD_BATCH;
                out.printf(
                        Locale.ROOT,
                        "round %d: alone p50 %.1f, p99 %.1f ms; beside p50 %.1f, p99 %.1f ms; of the loud tenant"
                                + " %,.0f events/s accepted, %,d requests refused%n",
                        round + 1,
                        calm.latencies().millis(0.5),
                        alone[round],
                        disturbed.latencies().millis(0.5),
                        beside[round],
                        accepted[round],
                        loud.refused());
            }
        }
        double ratio = Comparison.median(beside) / Comparison.median(alone);
        double off = Math.abs(Comparison.median(accepted) / QUOTA_EVENTS_PER_SECOND - 1);
        out.printf(
                Locale.ROOT,
                "medians: p99 %.1f ms alone, %.1f ms beside; %,.0f events/s accepted of a quota of %,d and %,d sent%n",
                Comparison.median(alone),
                Comparison.median(beside),
                Comparison.median(accepted),
                QUOTA_EVENTS_PER_SECOND,
                TIMES * QUOTA_EVENTS_PER_SECOND);
        out.println("goals: " + goal("times the p99", P99_RATIO_MAX, ratio) + ", "
                + goal("of the quota too much or too little", OFF_MAX, off));
    }

    private static String goal(String figure, double most, double measured) {
        return String.format(
                Locale.ROOT,
                "%s at most %.1f: %s with %.2f",
                figure,
                most,
                measured <= most ? "met" : "missed",
                measured);
    }

    private static double p99(Sent sent) throws MeasurementException {
        Latencies latencies = sent.latencies();
        if (sent.refused() > 0 || latencies.size() == 0) {
            throw new MeasurementException("of the quiet tenant " + sent.refused() + " requests were refused, "
                    + latencies.size() + " accepted");
        }
        return latencies.millis(P99);
    }

    private static Sent result(Future<Sent> storm) throws IOException, InterruptedException {
        try {
            return storm.get();
        } catch (ExecutionException e) {
            throw new IOException("the loud tenant could not send: " + e.getCause(), e.getCause());
        }
    }
}
