package io.millrace.analytics.question;

import io.millrace.log.Tenant;
import java.util.Collections;
import java.util.Optional;
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

    /** {@return the width of the points it asks for, if it asks for points} */
    Optional<Interval> interval();

    /** {@return the start, in epoch seconds, of the point that a time in epoch milliseconds belongs to; 0 without points} */
    default long pointStart(long epochMilli) {
        return interval()
                .map(interval -> {
                    long width = interval.width().toMillis();
                    return Math.floorDiv(epochMilli, width) * (width / 1_000);
                })
                .orElse(0L);
    }

    /** How many events there are of each type, and what their amounts come to. */
    record Counts(Tenant tenant, TimeRange range, SortedSet<String> eventTypes) implements Question {
        public Counts {
            eventTypes = Collections.unmodifiableSortedSet(new TreeSet<>(eventTypes));
        }

        @Override
        public Optional<Interval> interval() {
            return Optional.empty();
        }
    }

    /**
     * The same per interval.
     *
     * @param width of the points; the first and the last count only what lies in the range
     */
    record Timeseries(Tenant tenant, TimeRange range, SortedSet<String> eventTypes, Interval width)
            implements Question {
        public Timeseries {
            eventTypes = Collections.unmodifiableSortedSet(new TreeSet<>(eventTypes));
        }

        @Override
        public Optional<Interval> interval() {
            return Optional.of(width);
        }
    }
}
