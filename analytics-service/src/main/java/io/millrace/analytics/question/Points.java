package io.millrace.analytics.question;

import java.time.Duration;

/**
 * The points that a question wants its range divided into: each event of the range lies in exactly one of them. The one
 * authority on where they start is Java's knowledge of time zones, for what is stored and for what is not yet.
 */
public sealed interface Points permits OnePoint, SpacedPoints {
    /** {@return what they divide; the first may start before it, and the last end after it} */
    TimeRange range();

    /** {@return how many they are} */
    int size();

    /**
     * {@return when a point starts, which is before the next one does}
     *
     * @param index of the point, from 0
     */
    long startEpochSecond(int index);

    /**
     * {@return the index of the point that a time lies in, or -1 when it is outside of the range} Costs nanoseconds and
     * allocates nothing.
     */
    int indexOf(long epochMilli);

    /** {@return the part of them that lies within another range, starting when they do} */
    Points within(TimeRange other);

    /** Whether no UTC bucket of that width lies in more than one of them. */
    boolean keepWhole(Duration bucket);
}
