package io.millrace.analytics;

import io.millrace.analytics.question.Interval;
import io.millrace.event.Amount;
import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The same questions, answered by going through a list: independent of every line of SQL. */
record Recount(List<StoredEvent> events) {

    /** One line per group or point: {@code type [start] count [sum]}, in the order of the answer. */
    List<String> lines(Tenant tenant, Instant from, Instant to, List<String> types, @Nullable Interval interval) {
        Map<String, Map<Instant, Long>> counts = new TreeMap<>();
        Map<String, Map<Instant, BigDecimal>> sums = new TreeMap<>();
        for (StoredEvent event : events) {
            if (event.tenant().equals(tenant)
                    && !event.timestamp().isBefore(from)
                    && event.timestamp().isBefore(to)
                    && (types.isEmpty() || types.contains(event.type()))) {
                Instant start = interval == null ? Instant.EPOCH : start(event.timestamp(), interval);
                counts.computeIfAbsent(event.type(), _ -> new TreeMap<>())
                        .merge(start, (long) event.weight(), Long::sum);
                if (event.amount() != null) {
                    sums.computeIfAbsent(event.type(), _ -> new TreeMap<>())
                            .merge(start, event.amount().multiply(BigDecimal.valueOf(event.weight())), BigDecimal::add);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        counts.forEach((type, points) -> points.forEach((start, count) -> {
            BigDecimal sum = sums.getOrDefault(type, Map.of()).get(start);
            lines.add(
                    line(type, interval == null ? "" : start.toString(), count, sum == null ? "" : Amount.plain(sum)));
        }));
        return lines;
    }

    static List<String> linesOf(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("groups")
                .forEach(group -> lines.add(lineOf(group.path("event_type").asString(), group)));
        answer.path("series")
                .forEach(series -> series.path("points")
                        .forEach(point ->
                                lines.add(lineOf(series.path("event_type").asString(), point))));
        return lines;
    }

    private static String lineOf(String type, JsonNode numbers) {
        return line(
                type,
                numbers.path("start").asString(""),
                numbers.path("count").asLong(),
                numbers.path("order_amount_sum").asString(""));
    }

    private static String line(String type, String start, long count, String sum) {
        return (type + " " + start + " " + count + " " + sum).strip();
    }

    private static Instant start(Instant time, Interval interval) {
        long width = interval.width().toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), width) * width);
    }
}
