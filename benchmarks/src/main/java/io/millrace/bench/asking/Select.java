package io.millrace.bench.asking;

import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A question as ClickHouse understands it, with a row for each type and point that has events.
 *
 * @param text with places for parameters
 * @param parameters by name, as its HTTP interface takes them
 */
public record Select(String text, Map<String, String> parameters) {
    private static final String RAW_TOTALS = """
                sum(weight) AS total_events,
                sumIf(weight, isNotNull(order_amount)) AS total_amount_events,
                sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS total_amount,
                min(order_amount) AS least_amount,
                max(order_amount) AS largest_amount""";

    private static final String VIEW_TOTALS = """
                sum(events) AS total_events,
                sum(amount_events) AS total_amount_events,
                sum(amount_sum) AS total_amount,
                min(amount_min) AS least_amount,
                max(amount_max) AS largest_amount""";

    /** What the analytics-service reads for the same question, without what it needs to join it with live events. */
    public static Select straight(Question question, Tenant tenant) {
        return of(question, tenant, StoredView.serving(question), "", Map.of());
    }

    /** The same, counted again from the events below a position, whatever views there are. */
    public static Select recount(Question question, Tenant tenant, PositionVector position) {
        Map<String, String> below = Map.of(
                "log_id",
                Integer.toString(position.logId()),
                "ends",
                // Of partitions behind the last ClickHouse takes 0, and they have nothing within.
                IntStream.rangeClosed(0, position.nextOffsets().lastKey())
                        .mapToObj(partition -> position.nextOffsets().getOrDefault(partition, 0L))
                        .map(Object::toString)
                        .collect(Collectors.joining(",", "[", "]")));
        return of(
                question,
                tenant,
                StoredView.EVENTS,
                "\n    AND log_id = {log_id:UInt32} AND offset < arrayElement({ends:Array(UInt64)}, partition + 1)",
                below);
    }

    private static Select of(
            Question question, Tenant tenant, StoredView view, String condition, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>(more);
        parameters.put("tenant", tenant.name());
        parameters.put(
                "from",
                Long.toString(
                        view.isRaw()
                                ? question.from().toEpochMilli()
                                : question.from().getEpochSecond()));
        parameters.put(
                "to",
                Long.toString(
                        view.isRaw()
                                ? question.to().toEpochMilli()
                                : question.to().getEpochSecond()));
        boolean onePoint = question.points() == Points.ONE;
        if (!onePoint) {
            long width = question.points().widthSeconds();
            long from = question.from().getEpochSecond();
            parameters.put("first_start", Long.toString(from - from % width));
            parameters.put("width", Long.toString(width));
        }
        String text = """
                SELECT
                    event_type,
                    %s AS start,
                %s
                FROM %s
                WHERE tenant = {tenant:String}
                    AND %s%s
                GROUP BY event_type%s
                ORDER BY event_type, start
                """.formatted(
                        start(view, onePoint),
                        (view.isRaw() ? RAW_TOTALS : VIEW_TOTALS).indent(4).stripTrailing(),
                        view.table(),
                        within(view),
                        condition,
                        onePoint ? "" : ", start");
        return new Select(text, Map.copyOf(parameters));
    }

    private static String start(StoredView view, boolean onePoint) {
        String second = "toInt64(toUnixTimestamp(" + view.time() + "))";
        return onePoint ? "toInt64(0)" : "%1$s - modulo(%1$s - {first_start:Int64}, {width:Int64})".formatted(second);
    }

    private static String within(StoredView view) {
        return view.isRaw()
                ? """
                timestamp >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
                    AND timestamp < fromUnixTimestamp64Milli({to:Int64}, 'UTC')"""
                : "%1$s >= toDateTime({from:UInt32}, 'UTC') AND %1$s < toDateTime({to:UInt32}, 'UTC')"
                        .formatted(view.time());
    }
}
