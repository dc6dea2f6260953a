package io.millrace.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Reading and writing events, events a second on one core. */
final class Codec implements Measurement {
    private static final List<String> TASKS = List.of("jsonDecode", "jsonEncode", "protobufDecode", "protobufEncode");

    @Override
    public String name() {
        return "codec";
    }

    @Override
    public String purpose() {
        return "JSON and Protobuf codecs beside Jackson's tree and protoc's classes";
    }

    @Override
    public Set<Extent.Option> takes() {
        return Set.of(Extent.Option.LONG);
    }

    @Override
    public void run(Extent extent, PrintStream out) throws MeasurementException {
        Collection<RunResult> results;
        try {
            results = new Runner(options(extent.isThorough())).run();
        } catch (RunnerException e) {
            throw new MeasurementException("JMH did not finish: " + e.getMessage(), e);
        }
        out.printf(Locale.ROOT, "%-16s %12s %12s %6s%n", "events/s", "ours", "peer", "ratio");
        for (String task : TASKS) {
            double ours = score(results, task + "Ours");
            double peer = score(results, task + "Peer");
            out.printf(Locale.ROOT, "%-16s %12.0f %12.0f %6.2f%n", task, ours, peer, ours / peer);
        }
    }

    /** Quick: one process for each of eight, 1 s to warm up and 2 s to measure, together well under a minute. */
    private static Options options(boolean thorough) {
        TimeValue iteration = TimeValue.milliseconds(thorough ? 1_000 : 500);
        return new OptionsBuilder()
                .include("\\." + CodecBenchmark.class.getSimpleName() + "\\.")
                .verbosity(thorough ? VerboseMode.NORMAL : VerboseMode.SILENT)
                .forks(thorough ? 3 : 1)
                .warmupIterations(thorough ? 5 : 2)
                .warmupTime(iteration)
                .measurementIterations(thorough ? 10 : 4)
                .measurementTime(iteration)
                // JMH 1.37 measures object sizes by sun.misc.Unsafe, of which JDK 25 warns.
                .jvmArgsAppend("-Xmx512m", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow")
                .shouldFailOnError(true)
                .build();
    }

    private static double score(Collection<RunResult> results, String method) {
        return results.stream()
                .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElseThrow();
    }
}
