package io.millrace.bench.asking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a while of asking came to.
 *
 * @param seconds how long it was
 * @param latencies of the answers, in order of length
 * @param processorSeconds that the client itself used
 * @param refused questions that were not answered with 200
 * @param notExact answers that do not claim to be exact
 * @param notLive answers that name partitions older than they should be
 * @param kept answers to be counted again
 */
public record Round(
        double seconds,
        Latencies latencies,
        double processorSeconds,
        long refused,
        long notExact,
        long notLive,
        List<Kept> kept) {
    public Round {
        kept = List.copyOf(kept);
    }

    /** Several of the same as one. */
    public static Round of(Collection<Round> rounds) {
        List<Kept> kept = new ArrayList<>();
        rounds.forEach(round -> kept.addAll(round.kept));
        return new Round(
                rounds.stream().mapToDouble(Round::seconds).sum(),
                Latencies.sorted(rounds.stream().map(Round::latencies).toList()),
                rounds.stream().mapToDouble(Round::processorSeconds).sum(),
                rounds.stream().mapToLong(Round::refused).sum(),
                rounds.stream().mapToLong(Round::notExact).sum(),
                rounds.stream().mapToLong(Round::notLive).sum(),
                kept);
    }

    /** Answers a second. */
    public double perSecond() {
        return latencies.size() / seconds;
    }
}
