package io.millrace.bench.asking;

import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
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
                max(order_amount) AS largest_amount,
                count() AS total_rows""";

    private static final String VIEW_TOTALS = """
                sum(events) AS total_events,
                sum(amount_events) AS total_amount_events,
                sum(amount_sum) AS total_amount,
                min(amount_min) AS least_amount,
                max(amount_max) AS largest_amount,
                sum(rows) AS total_rows""";

    private static final String BELOW_POSITION =
            "\n    AND log_id = {log_id:UInt32} AND offset < arrayElement({ends:Array(UInt64)}, partition + 1)";

    /** What the analytics-service reads for the same question, without what it needs to join it with live events. */
    public static Select straight(Question question, Tenant tenant) {
        StoredView view = StoredView.serving(question);
        return new Select(text(question, view, ""), Map.copyOf(parameters(question, tenant, view)));
    }

    /** The same, counted again from the events below a position, whatever views there are. */
    public static Select recount(Question question, Tenant tenant, PositionVector position) {
        Map<String, String> parameters = parameters(question, tenant, StoredView.EVENTS);
        parameters.put("log_id", Integer.toString(position.logId()));
        parameters.put("ends", ends(position.nextOffsets()));
        return new Select(text(question, StoredView.EVENTS, BELOW_POSITION), Map.copyOf(parameters));
    }

    /** By partition. For those behind the last ClickHouse takes 0, and they have nothing within. */
    private static String ends(SortedMap<Integer, Long> nextOffsets) {
        int partitions = nextOffsets.isEmpty() ? 0 : nextOffsets.lastKey() + 1;
        return IntStream.range(0, partitions)
                .mapToObj(partition -> nextOffsets.getOrDefault(partition, 0L).toString())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Map<String, String> parameters(Question question, Tenant tenant, StoredView view) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("tenant", tenant.name());
        parameters.put("from", Long.toString(view.parameter(question.from())));
        parameters.put("to", Long.toString(view.parameter(question.to())));
        if (question.points() != Points.ONE) {
            long width = question.points().widthSeconds();
            long from = question.from().getEpochSecond();
            parameters.put("first_start", Long.toString(from - from % width));
            parameters.put("width", Long.toString(width));
        }
        return parameters;
    }

    private static String text(Question question, StoredView view, String condition) {
        boolean onePoint = question.points() == Points.ONE;
        return """
                SELECT
                    event_type AS name,
                    %s AS start,
                %s
                FROM %s
                WHERE tenant = {tenant:String}
                    AND %s%s
                GROUP BY event_type%s
                ORDER BY name, start
                """.formatted(
                        start(view, onePoint),
                        (view.isRaw() ? RAW_TOTALS : VIEW_TOTALS).indent(4).stripTrailing(),
                        view.table(),
                        within(view),
                        condition,
                        onePoint ? "" : ", start");
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
