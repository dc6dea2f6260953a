package io.millrace.prove.proxy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** What has passed the proxies, the latest {@value #LINES_MAX} requests. */
public final class ExchangeLog {
    private static final int LINES_MAX = 200_000;

    private final InstantSource clock = InstantSource.system();
    private final Deque<Line> lines = new ArrayDeque<>();

    /**
     * A request that came to its end.
     *
     * @param began when it reached the proxy
     * @param ended when its answer, or the lack of one, was handed over
     * @param outcome ClickHouse's status, or what became of it instead
     */
    public record Line(Instant began, Instant ended, Exchange exchange, String outcome) {
        private static final String OK = "HTTP/1.1 200 OK";

        boolean isClean() {
            return outcome.equals(OK);
        }

        @Override
        public String toString() {
            return began + " to " + ended + " " + exchange + ": " + outcome;
        }
    }

    Instant now() {
        return clock.instant();
    }

    synchronized void add(Instant began, Exchange exchange, String outcome) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.addLast(new Line(began, clock.instant(), exchange, outcome));
    }

    /** Everything that concerned a range with this offset. */
    public List<Line> concerning(int partition, long offset) {
        return find(line -> line.exchange().concerns(partition, offset));
    }

    /** Whether another consumer has worked on the same partition since then. */
    public boolean takenOver(Exchange owned, Instant since) {
        return !find(line -> line.ended().isAfter(since)
                        && line.exchange().consumer() != owned.consumer()
                        && line.exchange().partition() == owned.partition())
                .isEmpty();
    }

    /** How many requests of each step there were, and how many of them did not end with a clean answer. */
    public synchronized String summary() {
        StringBuilder text = new StringBuilder();
        for (Step step : Step.values()) {
            long all = lines.stream()
                    .filter(line -> line.exchange().step() == step)
                    .count();
            long unclean = lines.stream()
                    .filter(line -> line.exchange().step() == step && !line.isClean())
                    .count();
            text.append("%-14s %8d, of which %d without a clean answer%n".formatted(step, all, unclean));
        }
        return text.toString();
    }

    private synchronized List<Line> find(Predicate<Line> wanted) {
        return lines.stream().filter(wanted).toList();
    }
}
