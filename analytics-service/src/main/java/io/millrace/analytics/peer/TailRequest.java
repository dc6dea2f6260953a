package io.millrace.analytics.peer;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.Interval;
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
 * @param partitions the offset to count from, by partition
 */
record TailRequest(
        String tenant,
        long fromMillis,
        long toMillis,
        List<String> eventTypes,
        @Nullable Interval interval,
        @Nullable String zone,
        Map<Integer, Long> partitions) {
    TailRequest {
        eventTypes = List.copyOf(eventTypes);
        partitions = Map.copyOf(partitions);
    }

    static TailRequest of(Question question, Map<Integer, Long> partitions) {
        SpacedPoints points = question instanceof Question.Timeseries series ? series.points() : null;
        return new TailRequest(
                question.tenant().name(),
                question.range().from().toEpochMilli(),
                question.range().to().toEpochMilli(),
                List.copyOf(question.eventTypes()),
                points == null ? null : points.interval(),
                points == null ? null : points.zone().getId(),
                partitions);
    }

    /**
     * {@return the question}
     *
     * @throws IllegalArgumentException when it is none
     * @throws java.time.DateTimeException when there is no such zone
     */
    Question question() {
        Tenant whose = new Tenant(tenant);
        TimeRange range = new TimeRange(Instant.ofEpochMilli(fromMillis), Instant.ofEpochMilli(toMillis));
        TreeSet<String> types = new TreeSet<>(eventTypes);
        if (interval == null || zone == null) {
            return new Question.Counts(whose, range, types);
        }
        SpacedPoints points = SpacedPoints.of(range, interval, ZoneId.of(zone), Integer.MAX_VALUE)
                .orElseThrow(() -> new IllegalArgumentException("too many points"));
        return new Question.Timeseries(whose, points, types, Fill.NONE);
    }
}
