package io.millrace.analytics.question;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A half-open range of event time.
 *
 * @param from inclusive, in whole milliseconds
 * @param to exclusive, in whole milliseconds; not before {@code from}. A range may be empty
 */
public record TimeRange(Instant from, Instant to) {
    public TimeRange {
        if (!isWhole(from) || !isWhole(to)) {
            throw new IllegalArgumentException("event time is in whole milliseconds");
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a range ends before it starts");
        }
    }

    /** {@return how long it is} */
    public Duration length() {
        return Duration.between(from, to);
    }

    /** Whether a time lies in it. */
    boolean contains(long epochMilli) {
        return epochMilli >= from.toEpochMilli() && epochMilli < to.toEpochMilli();
    }

    /** {@return the part of it that lies within another range; empty, at one of its ends, when there is none} */
    public TimeRange within(TimeRange other) {
        Instant start = from.isBefore(other.from) ? other.from : from;
        Instant end = to.isAfter(other.to) ? other.to : to;
        return new TimeRange(start, end.isBefore(start) ? start : end);
    }

    /** Whether both ends are starts of UTC buckets of that width. */
    public boolean isAlignedTo(Duration bucket) {
        return from.toEpochMilli() % bucket.toMillis() == 0 && to.toEpochMilli() % bucket.toMillis() == 0;
    }

    private static boolean isWhole(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
    }
}
