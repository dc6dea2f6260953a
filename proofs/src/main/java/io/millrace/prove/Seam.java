package io.millrace.prove;

import io.millrace.localstack.Part;
import io.millrace.log.Tenant;
import io.millrace.prove.asking.AnswerBook;
import io.millrace.prove.asking.Askers;
import io.millrace.prove.asking.Instance;
import io.millrace.prove.asking.Steadiness;
import io.millrace.prove.counting.AnswerVerdict;
import io.millrace.prove.counting.Demand;
import io.millrace.prove.counting.EventIndex;
import io.millrace.prove.counting.Times;
import io.millrace.prove.fault.FaultLog;
import io.millrace.prove.fault.Injector;
import io.millrace.prove.fault.PlannedFault;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.traffic.Seed;
import io.millrace.prove.traffic.Traffic;
import io.millrace.prove.verdict.Catchup;
import io.millrace.prove.verdict.Finding;
import io.millrace.prove.verdict.LogReading;
import io.millrace.prove.verdict.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * The proof that every answer marked exact is the log's content below its position, to the last event: traffic, faults and
 * questions at once, then every answer against a recount of the log.
 */
final class Seam {
    static final String NAME = "seam";

    private static final long LOOK_EVERY_MILLIS = 200;

    /** Far more than the slowest machine needs. */
    private static final Duration ASKED_ON_AT_MOST = Duration.ofMinutes(60);

    private final Seed seed;
    private final SeamScale scale;
    private final PrintStream out;
    private final Phases phases;
    private final InstantSource clock = InstantSource.system();
    private final Times times = new Times();

    Seam(Seed seed, SeamScale scale, PrintStream out) {
        this.seed = seed;
        this.scale = scale;
        this.out = out;
        this.phases = new Phases(out);
    }

    /**
     * Runs it.
     *
     * @param folder for everything; removed if the promise held
     * @return whether it did
     */
    boolean run(Path folder) throws IOException, InterruptedException, ExecutionException {
        out.printf(
                "%s, seed %s, %d faults planned, in %s%n",
                NAME, seed, scale.plan().size(), folder);
        boolean holds;
        try (Stage stage = Stage.openForQuestions(folder)) {
            phases.begin("servers and consumers are up");
            FaultLog faults = new FaultLog(out);
            try (AnswerBook book = AnswerBook.in(folder)) {
                ask(stage, faults, book);
                faults.printTable();
                holds = judge(stage, faults, book);
            }
        }
        return phases.end("%s, seed %s".formatted(NAME, seed), holds, folder);
    }

    /** Traffic, faults and questions. */
    private void ask(Stage stage, FaultLog faults, AnswerBook book)
            throws IOException, InterruptedException, ExecutionException {
        Map<String, String> keys = new HashMap<>();
        for (Tenant tenant : Traffic.TENANTS) {
            keys.put(tenant.name(), stage.makeQueryKey(tenant));
        }
        List<Instance> instances = stage.analytics().stream()
                .map(service -> new Instance(service, keys))
                .toList();
        try (Traffic traffic = new Traffic(stage.server(Part.KAFKA).url(), seed, scale.traffic());
                Askers askers = new Askers(book, seed, scale.pause())) {
            askAlone(stage, instances.getFirst(), askers);
            for (int i = 1; i < instances.size(); i++) {
                stage.analytics().get(i).start();
                stage.analytics().get(i).awaitReady();
                askers.ask(instances.get(i));
            }
            breakThings(new Injector(stage, faults, seed), () -> {
                traffic.requireRunning();
                askers.requireRunning();
            });
            askQuietly(new Steadiness(instances), book, askers);
            askers.finish();
            phases.begin("asked: %s; sent: %s".formatted(book, traffic.finish()));
        }
    }

    private void askAlone(Stage stage, Instance first, Askers askers) throws InterruptedException {
        stage.analytics().getFirst().start();
        stage.analytics().getFirst().awaitReady();
        requireSteady(new Steadiness(List.of(first)));
        phases.begin("one instance is up");
        Instant began = clock.instant();
        askers.ask(first);
        Thread.sleep(scale.alone());
        times.addAlone(began, clock.instant());
        phases.begin("it has been asked alone; another comes, and faults, by seconds since the start");
    }

    private void breakThings(Injector injector, Runnable check) throws IOException, InterruptedException {
        for (PlannedFault planned : scale.plan()) {
            Thread.sleep(planned.pause());
            check.run();
            times.add(injector.injectAndMend(planned));
        }
    }

    private void askQuietly(Steadiness steadiness, AnswerBook book, Askers askers) throws InterruptedException {
        requireSteady(steadiness);
        phases.begin("faults done, everything is whole again: " + book);
        Instant began = clock.instant();
        Thread.sleep(scale.quiet());
        Instant deadline = began.plus(ASKED_ON_AT_MOST);
        while (book.answered() < scale.answersMin() && clock.instant().isBefore(deadline)) {
            askers.requireRunning();
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        times.addQuiet(began, clock.instant());
    }

    private static void requireSteady(Steadiness steadiness) throws InterruptedException {
        if (!steadiness.await()) {
            throw new IllegalStateException("the tails do not come up to date, though nothing is broken");
        }
    }

    private boolean judge(Stage stage, FaultLog faults, AnswerBook book) throws IOException, InterruptedException {
        EventIndex events = new EventIndex();
        LogReading reading = new LogReading(stage.server(Part.KAFKA).url(), events);
        reading.awaitTransactions();
        List<String> lacking =
                new Catchup(new Store(stage.server(Part.CLICKHOUSE).url())).await(reading.ends());
        phases.begin(lacking.isEmpty() ? "all of it is in the ledger" : "the ledger stands still: " + lacking);
        AnswerVerdict verdict = new AnswerVerdict(events, reading.ends(), times);
        phases.begin("the log recounted: " + reading.read());
        verdict.judge(book);
        verdict.notes().forEach(out::println);
        List<Finding> findings = Stream.concat(
                        verdict.findings(new Demand(scale.answersMin(), scale.live())).stream(),
                        Stream.of(events.midnight()))
                .toList();
        Report report = new Report(stage, faults, out);
        findings.forEach(report::finding);
        return lacking.isEmpty() && findings.stream().allMatch(Finding::holds);
    }
}
