package io.millrace.bench.asking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A question about all event types of a tenant, whoever is asked.
 *
 * @param from whole second, inclusive
 * @param to whole second, exclusive
 * @param points what its range is broken down into
 */
public record Question(Instant from, Instant to, Points points) {
    public Question {
        if (from.isAfter(to) || !isWholeSecond(from) || !isWholeSecond(to)) {
            throw new IllegalArgumentException("not a range of whole seconds: " + from + " to " + to);
        }
    }

    /** Path and parameters at the analytics-service. */
    public String target() {
        String range = "?from=" + from + "&to=" + to;
        return points == Points.ONE
                ? "/v1/counts" + range
                : "/v1/timeseries" + range + "&interval=" + points.interval();
    }

    /** All events of one type since a moment, as who waits for one of them asks. */
    public static String countsOf(String eventType, Instant from, Instant to) {
        return new Question(from, to, Points.ONE).target() + "&event_type=" + eventType;
    }

    /** Whether bounds and points are whole buckets of so many seconds. */
    boolean isWholeIn(long bucketSeconds) {
        return from.getEpochSecond() % bucketSeconds == 0
                && to.getEpochSecond() % bucketSeconds == 0
                && points.widthSeconds() % bucketSeconds == 0;
    }

    private static boolean isWholeSecond(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }
}
