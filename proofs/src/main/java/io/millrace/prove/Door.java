package io.millrace.prove;

import io.millrace.localstack.Part;
import io.millrace.prove.door.Health;
import io.millrace.prove.door.Siege;
import io.millrace.prove.fault.FaultLog;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.traffic.Seed;
import io.millrace.prove.verdict.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The proof that nothing that is sent breaks the door: spoilt requests over many connections, whole ones between them, then
 * a look at every answer, at the log, and at what the door still holds.
 */
final class Door {
    static final String NAME = "door";

    static final int BODIES_THOROUGH = 100_000;
    static final int BODIES_BRIEF = 10_000;

    /** By then everything has happened that only happens once, and has its place in memory. */
    private static final int PART_BEFORE_FIRST_LOOK = 5;

    private final Seed seed;
    private final int bodies;
    private final PrintStream out;
    private final Phases phases;

    Door(Seed seed, int bodies, PrintStream out) {
        this.seed = seed;
        this.bodies = bodies;
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
        out.printf("%s, seed %s, %,d spoilt bodies, in %s%n", NAME, seed, bodies, folder);
        boolean holds;
        try (Stage stage = Stage.openForSending(folder, 1)) {
            phases.begin("servers and the door are up");
            Siege siege = Siege.of(stage, seed);
            Health health = new Health(stage.doors().getFirst());
            int first = bodies / PART_BEFORE_FIRST_LOOK;
            siege.run(0, first);
            health.look();
            phases.begin("%,d sent; %s".formatted(first, health));
            siege.run(first, bodies);
            health.look();
            phases.begin("%,d sent; %s".formatted(bodies, health));
            holds = judge(stage, siege, health);
        }
        return phases.end("%s, seed %s".formatted(NAME, seed), holds, folder);
    }

    private boolean judge(Stage stage, Siege siege, Health health) throws IOException {
        siege.table().forEach(out::println);
        out.println(siege);
        List<Finding> findings =
                new ArrayList<>(siege.findings(stage.server(Part.KAFKA).url()));
        findings.addAll(health.findings());
        Report report = new Report(stage, new FaultLog(out), out);
        findings.forEach(report::finding);
        return findings.stream().allMatch(Finding::holds);
    }
}
