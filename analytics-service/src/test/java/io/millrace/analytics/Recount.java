package io.millrace.analytics;

import io.millrace.analytics.question.Interval;
import io.millrace.event.Amount;
import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The same questions, answered by going through a list: independent of every line of SQL. */
record Recount(List<StoredEvent> events) {

    /** One line per group or point: {@code type [start] count [sum average min max]}, in the order of the answer. */
    List<String> lines(Tenant tenant, Instant from, Instant to, List<String> types, @Nullable Interval interval) {
        Map<String, Map<Instant, List<StoredEvent>>> groups = new TreeMap<>();
        for (StoredEvent event : events) {
            if (event.tenant().equals(tenant)
                    && !event.timestamp().isBefore(from)
                    && event.timestamp().isBefore(to)
                    && (types.isEmpty() || types.contains(event.type()))) {
                Instant start = interval == null ? Instant.EPOCH : start(event.timestamp(), interval);
                groups.computeIfAbsent(event.type(), _ -> new TreeMap<>())
                        .computeIfAbsent(start, _ -> new ArrayList<>())
                        .add(event);
            }
        }
        List<String> lines = new ArrayList<>();
        groups.forEach((type, points) -> points.forEach((start, group) ->
                lines.add(line(type, interval == null ? "" : start.toString(), count(group), amounts(group)))));
        return lines;
    }

    private static long count(List<StoredEvent> group) {
        return group.stream().mapToLong(StoredEvent::weight).sum();
    }

    private static String amounts(List<StoredEvent> group) {
        List<BigDecimal> all = new ArrayList<>();
        for (StoredEvent event : group) {
            if (event.amount() != null) {
                // As many times as it stands for: slow, and nothing to get wrong.
                all.addAll(Collections.nCopies(event.weight(), event.amount()));
            }
        }
        if (all.isEmpty()) {
            return "";
        }
        BigDecimal sum = all.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal average = sum.divide(BigDecimal.valueOf(all.size()), 6, RoundingMode.HALF_EVEN);
        return Stream.of(sum, average, Collections.min(all), Collections.max(all))
                .map(Amount::plain)
                .collect(Collectors.joining(" "));
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
                Stream.of("order_amount_sum", "order_amount_avg", "order_amount_min", "order_amount_max")
                        .map(name -> numbers.path(name).asString(""))
                        .collect(Collectors.joining(" ")));
    }

    private static String line(String type, String start, long count, String amounts) {
        return (type + " " + start + " " + count + " " + amounts).strip();
    }

    private static Instant start(Instant time, Interval interval) {
        long width = interval.width().toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), width) * width);
    }
}
