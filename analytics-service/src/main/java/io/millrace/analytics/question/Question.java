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

    /** {@return what stands where there are no events} */
    default Fill fill() {
        return Fill.NONE;
    }

    /** {@return what the answer is broken down by} */
    GroupBy groupBy();

    /** Whether users are to be counted, too. */
    default boolean countsUsers() {
        return false;
    }

    /** {@return the start, in epoch seconds, of the point that a time of the range lies in, in epoch milliseconds} */
    default long pointStart(long epochMilli) {
        return points().startEpochSecond(points().indexOf(epochMilli));
    }

    private static SortedSet<String> copy(SortedSet<String> types) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(types));
    }

    /** How many events there are, and what their amounts come to. */
    record Counts(Tenant tenant, TimeRange range, SortedSet<String> eventTypes, GroupBy groupBy) implements Question {
        public Counts {
            eventTypes = copy(eventTypes);
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
     */
    record Timeseries(Tenant tenant, SpacedPoints points, SortedSet<String> eventTypes, GroupBy groupBy, Fill fill)
            implements Question {
        public Timeseries {
            eventTypes = copy(eventTypes);
        }

        @Override
        public TimeRange range() {
            return points.range();
        }
    }

    /** How many users there are behind the events, over the whole range or per interval. Events without one count none. */
    record Uniques(Tenant tenant, Points points, SortedSet<String> eventTypes, GroupBy groupBy, Fill fill)
            implements Question {
        public Uniques {
            eventTypes = copy(eventTypes);
        }

        @Override
        public TimeRange range() {
            return points.range();
        }

        @Override
        public boolean countsUsers() {
            return true;
        }
    }

    /** The largest groups. */
    record Top(Tenant tenant, TimeRange range, SortedSet<String> eventTypes, GroupBy groupBy, Ranking ranking)
            implements Question {
        public Top {
            eventTypes = copy(eventTypes);
        }

        @Override
        public OnePoint points() {
            return new OnePoint(range);
        }
    }

    /**
     * Which groups are the largest.
     *
     * @param limit so many, at least 1
     */
    record Ranking(OrderBy orderBy, int limit) {
        public Ranking {
            if (limit < 1) {
                throw new IllegalArgumentException("a ranking has at least one place");
            }
        }
    }
}
