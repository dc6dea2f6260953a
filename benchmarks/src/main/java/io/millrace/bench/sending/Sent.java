package io.millrace.bench.sending;

import io.millrace.bench.asking.Latencies;

/**
 * What a while of sending came to.
 *
 * @param seconds how long it was
 * @param latencies of the requests that were answered with 202, in order of length
 * @param processorSeconds that the client itself used
 * @param refused requests that got another answer
 */
public record Sent(double seconds, Latencies latencies, double processorSeconds, long refused) {
    /** Requests accepted a second. */
    public double perSecond() {
        return latencies.size() / seconds;
    }
}
