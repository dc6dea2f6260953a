package io.millrace.analytics.store;

import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.Question;
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
        TimeRange range = question.range().within(StoredTable.ALL_TIME);
        boolean raw = table == StoredTable.EVENTS;
        parameters.put("from", raw ? range.from().toEpochMilli() : range.from().getEpochSecond());
        parameters.put("to", raw ? range.to().toEpochMilli() : range.to().getEpochSecond());
        if (!question.eventTypes().isEmpty()) {
            parameters.put("event_types", List.copyOf(question.eventTypes()));
        }
        String start =
                question.interval().map(interval -> start(interval, table)).orElse("0");
        String text = """
                SELECT
                    grouping(event_type) AS is_position,
                    event_type,
                    toUInt32(%s) AS start,
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
                        start,
                        raw ? RAW_TOTALS : VIEW_TOTALS,
                        raw ? "max(offset)" : "max(offset_max)",
                        table.table(),
                        timeWithin(table),
                        question.eventTypes().isEmpty() ? "" : "\n    AND event_type IN {event_types:Array(String)}",
                        question.interval().isPresent() ? ", start" : "");
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

    private static String start(Interval interval, StoredTable table) {
        String time = switch (table) {
            case EVENTS -> "timestamp";
            case MINUTES -> "minute";
            case HOURS -> "hour";
        };
        return switch (interval) {
            case MINUTE -> "toStartOfMinute(" + time + ")";
            case HOUR -> "toStartOfHour(" + time + ")";
            case DAY -> "toStartOfDay(" + time + ")";
        };
    }
}
