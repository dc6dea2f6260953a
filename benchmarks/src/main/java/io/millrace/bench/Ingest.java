package io.millrace.bench;

import io.millrace.bench.asking.Latencies;
import io.millrace.bench.asking.Request;
import io.millrace.bench.sending.SendingLoop;
import io.millrace.bench.sending.Sent;
import io.millrace.event.EventProtobuf;
import io.millrace.localstack.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Events through the door in batches of several sizes, as fast as it takes them and at half of that; beside it Kafka's own
 * producer with records of the size that the door writes. No door that answers after Kafka can be faster than Kafka.
 */
final class Ingest implements Measurement {
    private static final int[] BATCHES = {1, 10, 100, 1_000};
    private static final int DISTINCT_EVENTS = 10_000;
    private static final double RATIO_MIN = 0.4;
    private static final double EVENTS_PER_SECOND_MIN = 150_000;
    private static final double REQUESTS_PER_SECOND_MIN = 20_000;
    private static final double P99_MILLIS_MAX = 50;
    private static final double HALF = 0.5;

    /** As many rounds in a row, none of which is so much faster than the best before, are those of a machine that is warm. */
    private static final int STEADY_ROUNDS = 3;

    private static final double FASTER = 1.05;

    /** What does not count of a round, for what ran before it left; the peer has a tenth of its records for that. */
    private static final Duration RUN_UP = Duration.ofSeconds(1);

    private static final double MILLION = 1e6;

    /**
     * How long rounds are and how many, those before them not counted: until none is faster any more. On two cores, which
     * they share with what they compile, virtual machines take a minute and more to come to their speed.
     *
     * @param peerRecords that Kafka's own producer sends before each round that counts
     */
    private record Terms(
            int warmUpsMax, Duration warmUp, int rounds, Duration counted, int peerRecords, int soakMinutes) {
        static final Terms USUAL = new Terms(30, Duration.ofSeconds(5), 6, Duration.ofSeconds(4), 5_000_000, 0);
        static final Terms SHORT = new Terms(1, Duration.ofSeconds(2), 1, Duration.ofSeconds(2), 200_000, 0);
        static final Terms LONG = new Terms(30, Duration.ofSeconds(5), 10, Duration.ofSeconds(6), 5_000_000, 10);

        static Terms of(Extent extent) {
            return extent.isShort() ? SHORT : extent.isThorough() ? LONG : USUAL;
        }
    }

    /** What is measured, and what with. */
    private record Stage(PrivateServers servers, ServiceProcess door, KafkaPeer peer, String key, List<byte[]> events) {

        SendingLoop loop(int batch) {
            return new SendingLoop(door.port(), requests(batch), connections(batch));
        }

        private List<byte[]> requests(int batch) {
            List<byte[]> requests = new ArrayList<>();
            for (int from = 0; from + batch <= events.size(); from += batch) {
                List<String> lines = events.subList(from, from + batch).stream()
                        .map(event -> new String(event, StandardCharsets.UTF_8))
                        .toList();
                requests.add(Request.post(
                        "/v1/events", key, batch == 1 ? lines.getFirst() : "[" + String.join(",", lines) + "]"));
            }
            return requests;
        }

        /** Small requests wait for Kafka more than for anything else, so more are under way. */
        private static int connections(int batch) {
            return batch == 1 ? 256 : batch <= 100 ? 64 : 8;
        }
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public String purpose() {
        return "events through the door in batches of 1 to 1,000, beside Kafka's own producer";
    }

    @Override
    public Set<Extent.Option> takes() {
        return EnumSet.of(Extent.Option.SHORT, Extent.Option.LONG, Extent.Option.SEED);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException, InterruptedException {
        Terms terms = Terms.of(extent);
        List<byte[]> events = DemoEvents.json(extent.seed(), DISTINCT_EVENTS);
        int recordBytes = recordBytes(events);
        try (PrivateServers servers = PrivateServers.start();
                ServiceProcess door = ServiceProcess.start(servers, Part.INGESTION)) {
            door.awaitReady();
            Stage stage = new Stage(
                    servers,
                    door,
                    new KafkaPeer(servers.kafka(), recordBytes),
                    AccessKeys.make(servers, DemoLog.TENANT).ingest(),
                    events);
            out.printf(Locale.ROOT, "Records of Kafka's own producer have %d bytes.%n", recordBytes);
            for (int batch : BATCHES) {
                measure(stage, batch, terms, out);
            }
            if (terms.soakMinutes() > 0) {
                soak(stage, terms.soakMinutes(), out);
            }
        } catch (IOException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Of the records that the door writes, on average. */
    private static int recordBytes(List<byte[]> events) {
        return (int) events.stream()
                .mapToInt(event -> EventProtobuf.encode(DemoEvents.parsed(event)).length)
                .average()
                .orElseThrow();
    }

    private static void measure(Stage stage, int batch, Terms terms, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        SendingLoop loop = stage.loop(batch);
        int warmUps = warmUp(loop, terms);
        Rounds rounds = rounds(stage, loop, terms);
        Sent fast = rounds.flatOut();
        double eventsPerSecond = fast.perSecond() * batch;
        double millions = eventsPerSecond * fast.seconds() / MILLION;
        out.printf(
                Locale.ROOT,
                "%nbatches of %,d, %d connections, warm after %d s: %,.0f requests/s, %,.0f events/s%n",
                batch,
                loop.connections(),
                warmUps * terms.warmUp().toSeconds(),
                fast.perSecond(),
                eventsPerSecond);
        out.printf(
                Locale.ROOT,
                "  Kafka's own producer between: %,.0f records/s; of it: %.2f%n",
                rounds.peerPerSecond(),
                eventsPerSecond / rounds.peerPerSecond());
        out.println("  flat out:   " + latencies(fast));
        out.println("  at half of it: " + latencies(rounds.half()));
        out.printf(
                Locale.ROOT,
                "  CPU s per million events: door %.2f, Kafka %.2f, sending %.2f%n",
                rounds.doorSeconds() / millions,
                rounds.kafkaSeconds() / millions,
                fast.processorSeconds() / millions);
        goals(batch, eventsPerSecond, rounds.peerPerSecond(), rounds.half(), out);
    }

    /**
     * All rounds together.
     *
     * @param flatOut as fast as answers came
     * @param half at half of what the round just before it came to
     * @param doorSeconds of processor time, flat out
     * @param kafkaSeconds of processor time, flat out
     * @param peerPerSecond records of Kafka's own producer, the mean of its rounds
     */
    private record Rounds(Sent flatOut, Sent half, double doorSeconds, double kafkaSeconds, double peerPerSecond) {}

    /** By turns: these machines' speed changes within seconds. */
    private static Rounds rounds(Stage stage, SendingLoop loop, Terms terms)
            throws IOException, MeasurementException, InterruptedException {
        List<Sent> flatOut = new ArrayList<>();
        List<Sent> half = new ArrayList<>();
        double doorSeconds = 0;
        double kafkaSeconds = 0;
        double peerPerSecond = 0;
        for (int round = 0; round < terms.rounds(); round++) {
            peerPerSecond += stage.peer().recordsPerSecond(terms.peerRecords()) / terms.rounds();
            required(loop.flatOut(Duration.ZERO, RUN_UP));
            doorSeconds -= stage.door().processorSeconds();
            kafkaSeconds -= stage.servers().processorSeconds(Part.KAFKA);
            Sent fast = required(loop.flatOut(Duration.ZERO, terms.counted()));
            doorSeconds += stage.door().processorSeconds();
            kafkaSeconds += stage.servers().processorSeconds(Part.KAFKA);
            flatOut.add(fast);
            half.add(required(loop.paced(RUN_UP, terms.counted(), fast.perSecond() * HALF)));
        }
        Duration together = terms.counted().multipliedBy(terms.rounds());
        return new Rounds(
                Sent.all(together, flatOut), Sent.all(together, half), doorSeconds, kafkaSeconds, peerPerSecond);
    }

    /** {@return after how many rounds none was faster any more} */
    private static int warmUp(SendingLoop loop, Terms terms)
            throws IOException, MeasurementException, InterruptedException {
        double best = 0;
        int steady = 0;
        int rounds = 0;
        while (steady < STEADY_ROUNDS && rounds < terms.warmUpsMax()) {
            double perSecond =
                    required(loop.flatOut(Duration.ZERO, terms.warmUp())).perSecond();
            steady = perSecond > best * FASTER ? 0 : steady + 1;
            best = Math.max(best, perSecond);
            rounds++;
        }
        return rounds;
    }

    private static void goals(int batch, double eventsPerSecond, double peerPerSecond, Sent half, PrintStream out) {
        List<String> goals = new ArrayList<>();
        if (batch == 1) {
            goals.add(AskingRounds.verdict("requests/s", REQUESTS_PER_SECOND_MIN, eventsPerSecond, false));
        }
        if (batch == 100) {
            goals.add(AskingRounds.verdict("events/s", EVENTS_PER_SECOND_MIN, eventsPerSecond, false));
            goals.add(AskingRounds.verdict("of the producer", RATIO_MIN, eventsPerSecond / peerPerSecond, false));
        }
        goals.add(AskingRounds.verdict(
                "p99 ms at half", P99_MILLIS_MAX, half.latencies().millis(0.99), true));
        out.println("  goals: " + String.join(", ", goals));
    }

    private static String latencies(Sent sent) {
        Latencies all = sent.latencies();
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p95 %.1f, p99 %.1f, longest %.1f; refused %d",
                all.millis(0.5),
                all.millis(0.95),
                all.millis(0.99),
                all.millis(1),
                sent.refused());
    }

    private static Sent required(Sent sent) throws MeasurementException {
        if (sent.latencies().size() == 0) {
            throw new MeasurementException("nothing was accepted, " + sent.refused() + " requests were refused");
        }
        return sent;
    }

    /** The heap after a collection, minute by minute: what is held grows with nothing. */
    private static void soak(Stage stage, int minutes, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        SendingLoop loop = stage.loop(100);
        out.printf("%nsoak, batches of 100, %d minutes%n", minutes);
        for (int minute = 1; minute <= minutes; minute++) {
            Sent sent = required(loop.flatOut(Duration.ZERO, Duration.ofMinutes(1)));
            out.printf(
                    Locale.ROOT,
                    "  minute %2d: %,.0f events/s, heap after a collection %.1f MB%n",
                    minute,
                    sent.perSecond() * 100,
                    stage.door().liveHeapBytes() / MILLION);
        }
    }
}
