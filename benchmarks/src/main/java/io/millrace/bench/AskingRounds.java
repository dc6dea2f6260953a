package io.millrace.bench;

import io.millrace.address.ServerUrl;
import io.millrace.bench.asking.ClosedLoop;
import io.millrace.bench.asking.Kept;
import io.millrace.bench.asking.Latencies;
import io.millrace.bench.asking.Panel;
import io.millrace.bench.asking.Request;
import io.millrace.bench.asking.Round;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Asks the analytics-service and ClickHouse by turns, so that what else the machine does meets both, and keeps some of the
 * answers.
 */
final class AskingRounds {
    private static final double P95_MILLIS_MAX = 5;
    private static final double PER_SECOND_MIN = 2_000;
    private static final double RATIO_MIN = 3;
    private static final int[] CONNECTIONS = {4, 16};
    private static final int ROUNDS = 2;

    /**
     * How long it takes.
     *
     * @param warmUp before the first round of each side, while virtual machines compile
     * @param settling before each other round
     * @param counted how long a round is, without what is before it
     * @param keepEvery of how many answers one is kept
     * @param checkedMax how many of those kept of a panel are counted again
     */
    record Terms(Duration warmUp, Duration settling, Duration counted, int keepEvery, int checkedMax) {
        static final Terms USUAL =
                new Terms(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(15), 200, 80);
        static final Terms SHORT =
                new Terms(Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofSeconds(2), 20, 20);
    }

    /** What is measured, and what it stands on. */
    record Stage(
            PrivateServers servers, ServiceProcess consumer, ServiceProcess analytics, RunningFeed feed, String key) {
        void requireRunning() throws IOException, MeasurementException, InterruptedException {
            consumer.requireAlive();
            analytics.requireAlive();
            feed.requireRunning();
        }
    }

    /** One who is asked, and what came of it. */
    private static final class Side {
        private final ClosedLoop loop;
        private final List<Round> rounds = new ArrayList<>();
        private final List<String> inUse = new ArrayList<>();

        Side(ClosedLoop loop) {
            this.loop = loop;
        }
    }

    private final Terms terms;
    private final Stage stage;
    private final InstantSource clock;
    private final PrintStream out;
    private final AnswerCheck check;
    private final List<Kept> kept = new ArrayList<>();

    AskingRounds(Terms terms, Stage stage, InstantSource clock, PrintStream out) {
        this.terms = terms;
        this.stage = stage;
        this.clock = clock;
        this.out = out;
        this.check = new AnswerCheck(stage.servers().clickHouse(), DemoLog.TENANT);
    }

    /** Asks what a panel asks, with few connections and with many. */
    void measure(Panel panel) throws IOException, MeasurementException, InterruptedException {
        List<Kept> ofPanel = new ArrayList<>();
        for (int connections : CONNECTIONS) {
            Side ours = ours(connections);
            Side peer = peer(connections);
            for (int round = 0; round < ROUNDS; round++) {
                ask(ours, panel, round);
                ask(peer, panel, round);
            }
            Round all = Round.of(ours.rounds);
            ofPanel.addAll(all.kept());
            print(panel, connections, ours, peer);
        }
        kept.addAll(spread(ofPanel, terms.checkedMax()));
    }

    /** Counts again what was kept, once all is stored that was in it. */
    void check() throws IOException, MeasurementException, InterruptedException {
        check.check(kept, out);
        check.conclude(out);
    }

    private Side ours(int connections) {
        return new Side(new ClosedLoop(
                stage.analytics().port(),
                question -> Request.get(question.target(), stage.key()),
                true,
                connections,
                terms.keepEvery(),
                clock));
    }

    private Side peer(int connections) {
        ServerUrl server = stage.servers().clickHouse().url();
        return new Side(new ClosedLoop(
                server.port(),
                question -> Request.straight(question, DemoLog.TENANT, server),
                false,
                connections,
                terms.keepEvery(),
                clock));
    }

    private void ask(Side side, Panel panel, int round) throws IOException, MeasurementException, InterruptedException {
        stage.requireRunning();
        Processors processors = new Processors(stage.servers(), stage.analytics(), stage.consumer());
        processors.begin();
        side.rounds.add(side.loop.run(panel, round == 0 ? terms.warmUp() : terms.settling(), terms.counted()));
        side.inUse.add(processors.inUse());
    }

    private void print(Panel panel, int connections, Side ours, Side peer) throws MeasurementException {
        Round we = answered(Round.of(ours.rounds));
        Round they = answered(Round.of(peer.rounds));
        out.printf(Locale.ROOT, "%n%s, %d connections%n", panel.title(), connections);
        Comparison comparison = new Comparison("answers/s", "p50 ms", "p95 ms", "p99 ms");
        comparison.add("straight to ClickHouse", figures(they));
        comparison.add("analytics-service", figures(we));
        comparison.print(out);
        out.printf(
                "  of %d answers %d not exact, %d not live; refused %d, by ClickHouse %d%n",
                we.latencies().size(), we.notExact(), we.notLive(), we.refused(), they.refused());
        out.println("  processors in use, asking ClickHouse:       " + inUse(peer, they));
        out.println("  processors in use, asking analytics-service: " + inUse(ours, we));
        if (panel.hasGoal()) {
            double ratio = we.perSecond() / they.perSecond();
            out.println("  goals: "
                    + verdict("p95 ms", P95_MILLIS_MAX, we.latencies().millis(0.95), true) + ", "
                    + verdict("answers/s", PER_SECOND_MIN, we.perSecond(), false) + ", "
                    + verdict("times ClickHouse", RATIO_MIN, ratio, false));
        }
    }

    private static Round answered(Round round) throws MeasurementException {
        if (round.latencies().size() == 0) {
            throw new MeasurementException("nothing was answered, " + round.refused() + " questions were refused");
        }
        return round;
    }

    /** In the last round, when everything has long been compiled. */
    private static String inUse(Side side, Round all) {
        return String.format(
                Locale.ROOT, "%s (asking alone %.2f)", side.inUse.getLast(), all.processorSeconds() / all.seconds());
    }

    private static double[] figures(Round round) {
        Latencies latencies = round.latencies();
        return new double[] {round.perSecond(), latencies.millis(0.5), latencies.millis(0.95), latencies.millis(0.99)};
    }

    static String verdict(String figure, double bound, double measured, boolean atMost) {
        boolean met = atMost ? measured <= bound : measured >= bound;
        return String.format(
                Locale.ROOT,
                "%s at %s %s: %s",
                figure,
                atMost ? "most" : "least",
                String.format(Locale.ROOT, bound < 1 ? "%.1f" : "%.0f", bound),
                met ? "met" : "missed with " + Comparison.text(measured));
    }

    /** Not more than so many, from beginning to end. */
    static <T> List<T> spread(List<T> all, int max) {
        List<T> some = new ArrayList<>();
        int count = Math.min(max, all.size());
        for (int index = 0; index < count; index++) {
            some.add(all.get((int) ((long) index * all.size() / count)));
        }
        return some;
    }
}
