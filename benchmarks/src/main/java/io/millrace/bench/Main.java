package io.millrace.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code Main NAME [OPTIONS]}: runs one measurement; without a known name and its options, lists them. */
public final class Main {
    private static final List<Measurement> MEASUREMENTS = List.of(
            new Codec(),
            new Pipeline(),
            new Ingest(),
            new Quotas(),
            new Drain(),
            new Storage(),
            new Query(),
            new Freshness());
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        List<String> words = Arrays.asList(arguments);
        Optional<Measurement> named = words.isEmpty() ? Optional.empty() : find(words.getFirst());
        Optional<Extent> extent =
                named.flatMap(measurement -> Extent.parse(words.subList(1, words.size()), measurement.takes()));
        if (named.isEmpty() || extent.isEmpty()) {
            err.println("usage: bench NAME [OPTIONS], with one of the names and its options");
            MEASUREMENTS.forEach(known ->
                    err.printf("  %-10s %s  %s%n", known.name(), known.purpose(), Extent.usage(known.takes())));
            return MISUSED;
        }
        try {
            named.get().run(extent.get(), out);
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
