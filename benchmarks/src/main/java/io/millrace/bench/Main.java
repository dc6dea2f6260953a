package io.millrace.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code Main NAME [--long]}: runs one measurement; without a known name, lists them. */
public final class Main {
    static final String THOROUGH = "--long";

    private static final List<Measurement> MEASUREMENTS =
            List.of(new Codec(), new Pipeline(), new Drain(), new Storage());
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        List<String> names = Arrays.stream(arguments)
                .filter(argument -> !argument.equals(THOROUGH))
                .toList();
        Optional<Measurement> named = names.size() == 1 ? find(names.getFirst()) : Optional.empty();
        if (named.isEmpty()) {
            err.println("usage: bench NAME [" + THOROUGH + "], with one of the names");
            MEASUREMENTS.forEach(known -> err.println("  " + known.name() + "  " + known.purpose()));
            return MISUSED;
        }
        try {
            named.get().run(names.size() < arguments.length, out);
            return DONE;
        } catch (MeasurementException e) {
            err.println(named.get().name() + ": " + e.getMessage());
            return FAILED;
        }
    }

    private static Optional<Measurement> find(String name) {
        return MEASUREMENTS.stream()
                .filter(measurement -> measurement.name().equals(name))
                .findFirst();
    }
}
