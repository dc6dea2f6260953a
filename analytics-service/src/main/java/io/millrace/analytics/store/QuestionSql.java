package io.millrace.analytics.store;

import io.millrace.analytics.question.OnePoint;
import io.millrace.analytics.question.Points;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.Run;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one SELECT behind a stored answer. Its rows are of two kinds: totals by type (and start of the point), and, with
 * {@code is_position} set, the highest offset read of each partition. Both come from one reading of the table, so they
 * speak of the same rows.
 *
 * @param text with places for parameters
 * @param parameters all that came from the caller
 */
record QuestionSql(String text, Map<String, Object> parameters) {

    static QuestionSql of(Question question, StoredTable table) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("tenant", question.tenant().name());
        Points points = question.points().within(StoredTable.ALL_TIME);
        TimeRange range = points.range();
        boolean raw = table == StoredTable.EVENTS;
        parameters.put("from", raw ? range.from().toEpochMilli() : range.from().getEpochSecond());
        parameters.put("to", raw ? range.to().toEpochMilli() : range.to().getEpochSecond());
        if (!question.eventTypes().isEmpty()) {
            parameters.put("event_types", List.copyOf(question.eventTypes()));
        }
        parameters.putAll(starts(points));
        String text = """
                SELECT
                    grouping(event_type) AS is_position,
                    event_type,
                    %s AS start,
                    log_id,
                    partition,
                    %s,
                    %s AS highest_offset
                FROM %s
                WHERE tenant = {tenant:String}
                    AND %s%s
                GROUP BY GROUPING SETS ((event_type%s), (log_id, partition))
                ORDER BY is_position, event_type, start
                """.formatted(
                        start(points, table),
                        raw ? RAW_TOTALS : VIEW_TOTALS,
                        raw ? "max(offset)" : "max(offset_max)",
                        table.table(),
                        timeWithin(table),
                        question.eventTypes().isEmpty() ? "" : "\n    AND event_type IN {event_types:Array(String)}",
                        points instanceof OnePoint ? "" : ", start");
        return new QuestionSql(text, Map.copyOf(parameters));
    }

    private static final String RAW_TOTALS = """
            sum(weight) AS total_events,
            sumIf(weight, isNotNull(order_amount)) AS total_amount_events,
            sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS total_amount,
            min(order_amount) AS least_amount,
            max(order_amount) AS largest_amount""".indent(4).strip();

    private static final String VIEW_TOTALS = """
            sum(events) AS total_events,
            sum(amount_events) AS total_amount_events,
            sum(amount_sum) AS total_amount,
            min(amount_min) AS least_amount,
            max(amount_max) AS largest_amount""".indent(4).strip();

    private static String timeWithin(StoredTable table) {
        return switch (table) {
            case EVENTS -> """
                    timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
                    AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')""".indent(4).strip();
            case MINUTES -> "minute >= toDateTime({from:UInt32}, 'UTC') AND minute < toDateTime({to:UInt32}, 'UTC')";
            case HOURS -> "hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')";
        };
    }

    /** The start of the point of a row, worked out from the start of its first point, or of every run of points. */
    private static String start(Points points, StoredTable table) {
        String second = "toInt64(toUnixTimestamp(" + time(table) + "))";
        return switch (points) {
            case OnePoint _ -> "toInt64(0)";
            case SpacedPoints spaced
            when spaced.areEven() -> "%1$s - modulo(%1$s - {first_start:Int64}, {width:Int64})".formatted(second);
            case SpacedPoints _ -> """
                    roundDown(%s, arrayFlatten(arrayMap(
                            (run, points) -> range(run, run + points * {width:Int64}, {width:Int64}),
                            {run_starts:Array(Int64)}, {run_points:Array(Int64)})))""".formatted(second);
        };
    }

    private static Map<String, Object> starts(Points points) {
        return switch (points) {
            case OnePoint _ -> Map.of();
            case SpacedPoints spaced
            when spaced.areEven() ->
                Map.of(
                        "first_start",
                        spaced.size() == 0 ? 0 : spaced.startEpochSecond(0),
                        "width",
                        spaced.widthSeconds());
            case SpacedPoints spaced ->
                Map.of(
                        "run_starts",
                                spaced.runs().stream()
                                        .map(Run::startEpochSecond)
                                        .toList(),
                        "run_points", spaced.runs().stream().map(Run::points).toList(),
                        "width", spaced.widthSeconds());
        };
    }

    private static String time(StoredTable table) {
        return switch (table) {
            case EVENTS -> "timestamp";
            case MINUTES -> "minute";
            case HOURS -> "hour";
        };
    }
}
