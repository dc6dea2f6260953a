package io.millrace.prove;

import io.millrace.localstack.Part;
import io.millrace.prove.fault.FaultLog;
import io.millrace.prove.fault.Injector;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.traffic.Seed;
import io.millrace.prove.traffic.Sent;
import io.millrace.prove.traffic.Traffic;
import io.millrace.prove.verdict.Catchup;
import io.millrace.prove.verdict.Finding;
import io.millrace.prove.verdict.LogReading;
import io.millrace.prove.verdict.Store;
import io.millrace.prove.verdict.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The proof that every event of the log is stored exactly once, whatever is killed, frozen, cut or late: traffic and
 * faults at once, then the log's own account against everything that is stored.
 */
final class ExactlyOnce {
    static final String NAME = "exactly-once";

    /** The broker ends an abandoned transaction after 10 s. */
    private static final Duration TRANSACTIONS_END_WITHIN = Duration.ofMinutes(1);

    private static final long LOOK_EVERY_MILLIS = 500;

    private final Seed seed;
    private final Scale scale;
    private final PrintStream out;
    private final long beganNanos = System.nanoTime();

    ExactlyOnce(Seed seed, Scale scale, PrintStream out) {
        this.seed = seed;
        this.scale = scale;
        this.out = out;
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
        try (Stage stage = Stage.open(folder)) {
            phase("servers and consumers are up; faults, by seconds since now");
            FaultLog faults = new FaultLog(out);
            Sent sent = produce(stage, faults);
            faults.printTable();
            out.printf("%nrequests of the consumers%n%s", stage.exchanges().summary());
            holds = judge(stage, faults, sent);
        }
        phase("%s, seed %s: %s".formatted(NAME, seed, holds ? "HOLDS" : "DOES NOT HOLD"));
        if (holds) {
            Stage.forget(folder);
        } else {
            out.println("everything is kept in " + folder);
        }
        return holds;
    }

    private Sent produce(Stage stage, FaultLog faults) throws IOException, InterruptedException, ExecutionException {
        try (Traffic traffic = new Traffic(stage.server(Part.KAFKA).url(), seed, scale.traffic())) {
            new Injector(stage, faults, seed).run(scale.plan(), traffic::requireRunning);
            phase("faults done with %,d records sent; sending the rest".formatted(traffic.records()));
            Sent sent = traffic.finish();
            phase("sent: " + sent);
            return sent;
        }
    }

    private boolean judge(Stage stage, FaultLog faults, Sent sent) throws IOException, InterruptedException {
        Store store = new Store(stage.server(Part.CLICKHOUSE).url());
        LogReading reading = new LogReading(stage.server(Part.KAFKA).url());
        awaitTransactions(reading);
        List<String> lacking = new Catchup(store).await(reading.ends());
        phase(lacking.isEmpty() ? "all of it is in the ledger" : "the ledger stands still");
        Verdict verdict = new Verdict(reading, store);
        phase("the log recounted: " + verdict.expectation());
        List<Finding> findings = verdict.findings(sent);
        Report report = new Report(stage, faults, out);
        report.consumers();
        findings.forEach(report::finding);
        phase("compared; now audit --thorough");
        boolean audited = new Auditing(stage, out).holds();
        lacking.forEach(what -> out.println("NOT STORED: " + what));
        if (!lacking.isEmpty()) {
            stage.consumers().stream().flatMap(one -> one.partitions().stream()).forEach(out::println);
        }
        boolean enough = faults.kills() >= scale.killsMin();
        if (!enough) {
            out.printf(
                    "only %d of at least %d kills came about, so this run proves nothing%n",
                    faults.kills(), scale.killsMin());
        }
        return enough && audited && lacking.isEmpty() && findings.stream().allMatch(Finding::holds);
    }

    private void phase(String what) {
        out.printf("[%d s] %s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos), what);
    }

    private static void awaitTransactions(LogReading reading) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TRANSACTIONS_END_WITHIN.toNanos();
        while (reading.hasOpenTransaction()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException("a transaction is still open; the log has no readable end");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
