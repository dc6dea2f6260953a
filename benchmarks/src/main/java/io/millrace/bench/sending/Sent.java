package io.millrace.bench.sending;

import io.millrace.bench.asking.Latencies;
import java.time.Duration;
import java.util.Collection;

/**
 * What a while of sending came to.
 *
 * @param seconds how long it was
 * @param latencies of the requests that were answered with 202, in order of length
 * @param processorSeconds that the client itself used
 * @param refused requests that got another answer
 */
public record Sent(double seconds, Latencies latencies, double processorSeconds, long refused) {
    private static final double NANOS = 1e9;

    /** Several that were so long together. */
    public static Sent all(Duration together, Collection<Sent> several) {
        return new Sent(
                together.toNanos() / NANOS,
                Latencies.sorted(several.stream().map(Sent::latencies).toList()),
                several.stream().mapToDouble(Sent::processorSeconds).sum(),
                several.stream().mapToLong(Sent::refused).sum());
    }

    /** Requests accepted a second. */
    public double perSecond() {
        return latencies.size() / seconds;
    }
}
