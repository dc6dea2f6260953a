package io.millrace.analytics.store;

import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.OnePoint;
import io.millrace.analytics.question.Points;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.Run;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.kit.installation.UniqueHashKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one SELECT behind a stored answer. Its rows are of two kinds: totals by group (and start of the point), and, with
 * {@code is_position} set, the highest offset read of each partition with what its rows come to. Both come from one
 * reading of the table, so they speak of the same rows.
 *
 * @param text with places for parameters
 * @param parameters all that came from the caller
 */
record QuestionSql(String text, Map<String, Object> parameters) {

    /**
     * The SELECT of a question.
     *
     * @param keys of the users' hashes, which the views have built in
     */
    static QuestionSql of(Question question, StoredTable table, UniqueHashKeys keys) {
        Points points = question.points().within(StoredTable.ALL_TIME);
        boolean raw = table == StoredTable.EVENTS;
        Map<String, Object> parameters = new HashMap<>(starts(points));
        TimeRange range = points.range();
        parameters.put("tenant", question.tenant().name());
        parameters.put("from", raw ? range.from().toEpochMilli() : range.from().getEpochSecond());
        parameters.put("to", raw ? range.to().toEpochMilli() : range.to().getEpochSecond());
        if (!question.eventTypes().isEmpty()) {
            parameters.put("event_types", List.copyOf(question.eventTypes()));
        }
        if (raw && question.countsUsers()) {
            parameters.put("hash_key0", Long.toUnsignedString(keys.key0()));
            parameters.put("hash_key1", Long.toUnsignedString(keys.key1()));
        }
        Question.Ranking ranking = ranking(question);
        if (ranking != null) {
            parameters.put("limit", ranking.limit());
        }
        String text = """
                SELECT
                    grouping(partition) = 0 AS is_position,
                    %s AS name,
                    %s AS start,
                    log_id,
                    partition,
                    %s,
                    %s AS highest_offset
                FROM %s
                WHERE tenant = {tenant:String}
                    AND %s%s
                GROUP BY GROUPING SETS ((%s), (log_id, partition))
                ORDER BY is_position, %s
                """.formatted(
                question.groupBy() == GroupBy.NONE ? "''" : question.groupBy().wire(),
                start(points, table),
                totals(question, raw),
                raw ? "max(offset)" : "max(offset_max)",
                table.table(),
                timeWithin(table),
                further(question),
                groups(question, points),
                ranking == null ? "name, start" : order(ranking));
        return new QuestionSql(text, Map.copyOf(parameters));
    }

    private static String totals(Question question, boolean raw) {
        String totals = raw ? RAW_TOTALS : VIEW_TOTALS;
        return question.countsUsers() ? totals + ",\n    " + (raw ? RAW_USERS : VIEW_USERS) : totals;
    }

    private static String groups(Question question, Points points) {
        List<String> columns = new ArrayList<>();
        if (question.groupBy() != GroupBy.NONE) {
            columns.add(question.groupBy().wire());
        }
        if (!(points instanceof OnePoint)) {
            columns.add("start");
        }
        return String.join(", ", columns);
    }

    /** What is looked for beside tenant and time. Without a product an event is of no product's group. */
    private static String further(Question question) {
        return (question.eventTypes().isEmpty() ? "" : "\n    AND event_type IN {event_types:Array(String)}")
                + (question.groupBy().isCounted()
                        ? ""
                        : "\n    AND " + question.groupBy().wire() + " != ''");
    }

    /** Positions are one row each, and so all of them are kept. */
    private static String order(Question.Ranking ranking) {
        String largest = switch (ranking.orderBy()) {
            case COUNT -> "total_events DESC";
            case ORDER_AMOUNT_SUM -> "total_amount_events = 0, total_amount DESC, total_events DESC";
        };
        return largest + ", name\nLIMIT {limit:UInt32} BY is_position, log_id, partition";
    }

    /** {@return which groups are wanted, where that is for ClickHouse to find out: no live event can change it} */
    private static Question.@Nullable Ranking ranking(Question question) {
        return question instanceof Question.Top top && !top.groupBy().isCounted() ? top.ranking() : null;
    }

    private static final String RAW_TOTALS = """
            sum(weight) AS total_events,
            sumIf(weight, isNotNull(order_amount)) AS total_amount_events,
            sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS total_amount,
            min(order_amount) AS least_amount,
            max(order_amount) AS largest_amount,
            count() AS total_rows""".indent(4).strip();

    private static final String VIEW_TOTALS = """
            sum(events) AS total_events,
            sum(amount_events) AS total_amount_events,
            sum(amount_sum) AS total_amount,
            min(amount_min) AS least_amount,
            max(amount_max) AS largest_amount,
            sum(rows) AS total_rows""".indent(4).strip();

    /** As the views have it. */
    private static final String RAW_USERS =
            usersState("uniqStateIf(sipHash64Keyed(({hash_key0:UInt64}, {hash_key1:UInt64}), user_id), user_id != '')");

    private static final String VIEW_USERS = usersState("uniqMergeState(users)");

    /** In Base64, because the client reads strings as UTF-8. Of positions nobody wants to know it. */
    private static String usersState(String state) {
        return "if(is_position, '', base64Encode(CAST(" + state + " AS String))) AS users_state";
    }

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
