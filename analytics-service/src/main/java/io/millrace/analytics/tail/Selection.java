package io.millrace.analytics.tail;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.log.Tenant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * Which events are asked for, and how they are told apart beside by type.
 *
 * @param tenant whose
 * @param range of event time
 * @param eventTypes all when empty
 * @param pointStart from a time within the range, in epoch milliseconds, to the start of its point, in epoch seconds;
 *     a point is at least a minute long
 */
public record Selection(Tenant tenant, TimeRange range, SortedSet<String> eventTypes, LongUnaryOperator pointStart) {
    public Selection {
        eventTypes = Collections.unmodifiableSortedSet(new TreeSet<>(eventTypes));
    }

    /** {@return what a question asks of a tail} */
    public static Selection of(Question question) {
        return new Selection(question.tenant(), question.range(), question.eventTypes(), question::pointStart);
    }

    /** {@return the start of the point that a time belongs to} */
    long pointOf(long epochMilli) {
        return pointStart.applyAsLong(epochMilli);
    }
}
