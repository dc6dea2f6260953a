package io.millrace.analytics.peer;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.OnePoint;
import io.millrace.analytics.question.Points;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.log.Tenant;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A question to the tails of another instance, as it crosses the network in JSON.
 *
 * @param fromMillis start of the range of event time, in epoch milliseconds
 * @param toMillis its end
 * @param interval of the points, null for counts
 * @param zone of the points
 * @param byType whether each type is a group
 * @param users whether users are counted, too
 * @param partitions the offset to count from, by partition
 */
record TailRequest(
        String tenant,
        long fromMillis,
        long toMillis,
        List<String> eventTypes,
        @Nullable Interval interval,
        @Nullable String zone,
        boolean byType,
        boolean users,
        Map<Integer, Long> partitions) {
    TailRequest {
        eventTypes = List.copyOf(eventTypes);
        partitions = Map.copyOf(partitions);
    }

    static TailRequest of(Question question, Map<Integer, Long> partitions) {
        SpacedPoints points = question.points() instanceof SpacedPoints spaced ? spaced : null;
        return new TailRequest(
                question.tenant().name(),
                question.range().from().toEpochMilli(),
                question.range().to().toEpochMilli(),
                List.copyOf(question.eventTypes()),
                points == null ? null : points.interval(),
                points == null ? null : points.zone().getId(),
                question.groupBy() == GroupBy.EVENT_TYPE,
                question.countsUsers(),
                partitions);
    }

    /**
     * {@return the question, as far as tails are concerned: they fill nothing in and rank nothing}
     *
     * @throws IllegalArgumentException when it is none
     * @throws java.time.DateTimeException when there is no such zone
     */
    Question question() {
        Tenant whose = new Tenant(tenant);
        TimeRange range = new TimeRange(Instant.ofEpochMilli(fromMillis), Instant.ofEpochMilli(toMillis));
        TreeSet<String> types = new TreeSet<>(eventTypes);
        GroupBy groupBy = byType ? GroupBy.EVENT_TYPE : GroupBy.NONE;
        Points points = interval == null || zone == null
                ? new OnePoint(range)
                : SpacedPoints.of(range, interval, ZoneId.of(zone), Integer.MAX_VALUE)
                        .orElseThrow(() -> new IllegalArgumentException("too many points"));
        if (users) {
            return new Question.Uniques(whose, points, types, groupBy, Fill.NONE);
        }
        return switch (points) {
            case OnePoint _ -> new Question.Counts(whose, range, types, groupBy);
            case SpacedPoints spaced -> new Question.Timeseries(whose, spaced, types, groupBy, Fill.NONE);
        };
    }
}
