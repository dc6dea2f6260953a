package io.millrace.prove;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.process.StackException;
import io.millrace.prove.traffic.Seed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prove NAME --seed N [--events N] [--answers N] [--bodies N] [--short]}; without a known name, lists them. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Holds a promise against faults made on purpose.")
public final class Main implements Callable<Integer> {
    private static final int HOLDS = 0;
    private static final int BROKEN = 1;
    private static final int MISUSED = 2;

    private static final SortedMap<String, String> NAMES = new TreeMap<>(Map.of(
            ExactlyOnce.NAME, "every event of the log is stored once, whatever is killed meanwhile",
            Seam.NAME, "every answer marked exact is the log below its position, whatever is killed meanwhile",
            Door.NAME, "no body breaks the door: no 5xx, no leak, no growth, and the good ones between are taken"));

    private final PrintStream out;
    private final PrintStream err;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "which promise")
    private @Nullable String name;

    @Option(names = "--seed", description = "what all choices come from; drawn and printed when not given")
    private @Nullable Long seed;

    @Option(names = "--events", description = "records to send at least, ${DEFAULT-VALUE} for the form's own number")
    private long events;

    @Option(
            names = "--answers",
            description = "answers to get at least, of seam, ${DEFAULT-VALUE} for the form's own number")
    private long answers;

    @Option(
            names = "--bodies",
            description = "spoilt bodies to send, of door, ${DEFAULT-VALUE} for the form's own number")
    private int bodies;

    @Option(names = "--short", description = "a few faults, in one to three minutes")
    private boolean brief;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    static void main(String[] arguments) {
        System.exit(new CommandLine(new Main(System.out, System.err))
                .setExecutionExceptionHandler((e, _, _) -> explain(e))
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        if (name == null || !NAMES.containsKey(name) || events < 0 || answers < 0 || bodies < 0) {
            err.println(
                    "usage: prove NAME [--seed N] [--events N] [--answers N] [--bodies N] [--short], with one of the names");
            NAMES.forEach((known, promise) -> err.printf("  %-12s  %s%n", known, promise));
            return MISUSED;
        }
        Seed drawn = new Seed(seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed);
        String run = name + "-" + drawn + "-" + ProcessHandle.current().pid();
        Path folder = Checkout.find().root().resolve("proofs/target/runs").resolve(run);
        // The clients of a broker that is killed time and again have much to say.
        System.setProperty("org.slf4j.simpleLogger.logFile", folder + ".log");
        System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
        boolean holds = switch (name) {
            case Seam.NAME -> new Seam(drawn, seamScale(drawn), out).run(folder);
            case Door.NAME -> new Door(drawn, doorBodies(), out).run(folder);
            default -> new ExactlyOnce(drawn, scale(drawn), out).run(folder);
        };
        return holds ? HOLDS : BROKEN;
    }

    private int doorBodies() {
        int form = brief ? Door.BODIES_BRIEF : Door.BODIES_THOROUGH;
        return bodies == 0 ? form : bodies;
    }

    private Scale scale(Seed drawn) {
        Scale form = brief ? Scale.brief(drawn) : Scale.thorough(drawn);
        return events == 0 ? form : form.withEvents(events);
    }

    private SeamScale seamScale(Seed drawn) {
        SeamScale form = brief ? SeamScale.brief(drawn) : SeamScale.thorough(drawn);
        return form.withEvents(events == 0 ? form.traffic().eventsMin() : events)
                .withAnswers(answers == 0 ? form.answersMin() : answers);
    }

    private static int explain(Exception e) {
        if (e instanceof StackException) {
            System.err.println("millrace: " + e.getMessage());
        } else {
            e.printStackTrace(System.err);
        }
        return BROKEN;
    }
}
