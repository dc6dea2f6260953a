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
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The proof that every event of the log is stored exactly once, whatever is killed, frozen, cut or late: traffic and
 * faults at once, then the log's own account against everything that is stored.
 */
final class ExactlyOnce {
    static final String NAME = "exactly-once";

    private final Seed seed;
    private final Scale scale;
    private final PrintStream out;
    private final Phases phases;

    ExactlyOnce(Seed seed, Scale scale, PrintStream out) {
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
        try (Stage stage = Stage.open(folder)) {
            phases.begin("servers and consumers are up; faults, by seconds since now");
            FaultLog faults = new FaultLog(out);
            Sent sent = produce(stage, faults);
            faults.printTable();
            out.printf("%nrequests of the consumers%n%s", stage.exchanges().summary());
            holds = judge(stage, faults, sent);
        }
        return phases.end("%s, seed %s".formatted(NAME, seed), holds, folder);
    }

    private Sent produce(Stage stage, FaultLog faults) throws IOException, InterruptedException, ExecutionException {
        try (Traffic traffic = new Traffic(stage.server(Part.KAFKA).url(), seed, scale.traffic())) {
            new Injector(stage, faults, seed).run(scale.plan(), traffic::requireRunning);
            phases.begin("faults done with %,d records sent; sending the rest".formatted(traffic.records()));
            Sent sent = traffic.finish();
            phases.begin("sent: " + sent);
            return sent;
        }
    }

    private boolean judge(Stage stage, FaultLog faults, Sent sent) throws IOException, InterruptedException {
        Store store = new Store(stage.server(Part.CLICKHOUSE).url());
        LogReading reading = new LogReading(stage.server(Part.KAFKA).url());
        reading.awaitTransactions();
        List<String> lacking = new Catchup(store).await(reading.ends());
        phases.begin(lacking.isEmpty() ? "all of it is in the ledger" : "the ledger stands still");
        Verdict verdict = new Verdict(reading, store);
        phases.begin("the log recounted: " + verdict.expectation());
        List<Finding> findings = verdict.findings(sent);
        Report report = new Report(stage, faults, out);
        report.consumers();
        findings.forEach(report::finding);
        phases.begin("compared; now audit --thorough");
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
}
