package io.millrace.analytics.question;

import io.millrace.log.Tenant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What somebody wants to know about one tenant's events. */
public sealed interface Question {
    /** {@return whose events are counted; nothing else of a question can widen this} */
    Tenant tenant();

    /** {@return which of them, by event time} */
    TimeRange range();

    /** {@return which types; all when empty} */
    SortedSet<String> eventTypes();

    /** {@return what the range is divided into} */
    Points points();

    /** {@return the start, in epoch seconds, of the point that a time of the range lies in, in epoch milliseconds} */
    default long pointStart(long epochMilli) {
        return points().startEpochSecond(points().indexOf(epochMilli));
    }

    /** How many events there are of each type, and what their amounts come to. */
    record Counts(Tenant tenant, TimeRange range, SortedSet<String> eventTypes) implements Question {
        public Counts {
            eventTypes = Collections.unmodifiableSortedSet(new TreeSet<>(eventTypes));
        }

        @Override
        public OnePoint points() {
            return new OnePoint(range);
        }
    }

    /**
     * The same per interval.
     *
     * @param points of each series; the first and the last count only what lies in the range
     * @param fill what stands where there are no events
     */
    record Timeseries(Tenant tenant, SpacedPoints points, SortedSet<String> eventTypes, Fill fill) implements Question {
        public Timeseries {
            eventTypes = Collections.unmodifiableSortedSet(new TreeSet<>(eventTypes));
        }

        @Override
        public TimeRange range() {
            return points.range();
        }
    }
}
