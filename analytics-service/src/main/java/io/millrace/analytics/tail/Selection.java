package io.millrace.analytics.tail;

import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.log.Tenant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * Which events are asked for, how they are told apart, and what is counted of them.
 *
 * @param tenant whose
 * @param range of event time
 * @param eventTypes all when empty
 * @param pointStart from a time within the range, in epoch milliseconds, to the start of its point, in epoch seconds;
 *     a point is at least a minute long
 * @param byType whether each type is a group
 * @param users whether users are counted, too
 */
public record Selection(
        Tenant tenant,
        TimeRange range,
        SortedSet<String> eventTypes,
        LongUnaryOperator pointStart,
        boolean byType,
        boolean users) {
    public Selection {
        eventTypes = Collections.unmodifiableSortedSet(new TreeSet<>(eventTypes));
    }

    /** {@return what a question asks of a tail} */
    public static Selection of(Question question) {
        return new Selection(
                question.tenant(),
                question.range(),
                question.eventTypes(),
                question::pointStart,
                question.groupBy() == GroupBy.EVENT_TYPE,
                question.countsUsers());
    }

    /** {@return the start of the point that a time belongs to} */
    long pointOf(long epochMilli) {
        return pointStart.applyAsLong(epochMilli);
    }
}
