package io.millrace.analytics;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.NaivePoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.event.Amount;
import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The same questions, answered by going through a list: independent of every line of SQL. */
record Recount(List<StoredEvent> events) {

    /**
     * What is asked.
     *
     * @param types all when empty
     * @param points null for counts
     * @param fill of series
     * @param byType whether each type is a group
     * @param users whether users are wanted
     */
    record Asked(
            Tenant tenant,
            TimeRange range,
            List<String> types,
            @Nullable NaivePoints points,
            Fill fill,
            boolean byType,
            boolean users) {
        /** What events of each type come to. */
        Asked(Tenant tenant, TimeRange range, List<String> types, @Nullable NaivePoints points, Fill fill) {
            this(tenant, range, types, points, fill, true, false);
        }

        boolean isAbout(StoredEvent event) {
            return event.tenant().equals(tenant)
                    && !event.timestamp().isBefore(range.from())
                    && event.timestamp().isBefore(range.to())
                    && (types.isEmpty() || types.contains(event.type()));
        }

        String path() {
            if (users) {
                return "/v1/uniques";
            }
            return points == null ? "/v1/counts" : "/v1/timeseries";
        }

        String query() {
            StringBuilder query = new StringBuilder("from=" + range.from() + "&to=" + range.to());
            types.forEach(type -> query.append("&event_type=").append(RunningService.encoded(type)));
            if (points != null) {
                query.append("&interval=").append(points.interval().wire());
                query.append("&timezone=")
                        .append(RunningService.encoded(points.zone().getId()));
                query.append(fill == Fill.ZERO ? "" : "&fill=none");
            }
            query.append(byType ? "" : "&group_by=none");
            return query.toString();
        }
    }

    /**
     * One line per group or point, in the order of the answer: {@code type [start] count [sum average min max]}, or
     * {@code type [start] count users n}.
     */
    List<String> lines(Asked asked) {
        Map<String, Map<Instant, List<StoredEvent>>> groups = new TreeMap<>();
        for (StoredEvent event : events) {
            if (asked.isAbout(event)) {
                Instant start =
                        asked.points() == null ? Instant.EPOCH : asked.points().startOf(event.timestamp());
                groups.computeIfAbsent(asked.byType() ? event.type() : "", _ -> new TreeMap<>())
                        .computeIfAbsent(start, _ -> new ArrayList<>())
                        .add(event);
            }
        }
        if (asked.points() != null && asked.fill() == Fill.ZERO) {
            (asked.byType() ? asked.types() : List.of(""))
                    .forEach(type -> groups.computeIfAbsent(type, _ -> new TreeMap<>()));
            List<Instant> starts = asked.points().starts(asked.range());
            groups.values().forEach(points -> starts.forEach(start -> points.putIfAbsent(start, List.of())));
        }
        if (asked.points() == null && !asked.byType() && groups.isEmpty()) {
            groups.put("", new TreeMap<>(Map.of(Instant.EPOCH, List.of())));
        }
        List<String> lines = new ArrayList<>();
        groups.forEach((type, points) -> points.forEach((start, group) -> lines.add(line(
                type,
                asked.points() == null ? "" : start.toString(),
                count(group),
                asked.users() ? users(group) : amounts(group)))));
        return lines;
    }

    /**
     * The largest groups, a line each as above, and the line {@code others count [sum]}.
     *
     * @param groupBy what of an event is its group; empty when it is in none
     */
    List<String> top(Asked asked, Function<StoredEvent, String> groupBy, boolean byAmount, int limit) {
        Map<String, List<StoredEvent>> groups = events.stream()
                .filter(event -> asked.isAbout(event) && !groupBy.apply(event).isEmpty())
                .collect(Collectors.groupingBy(groupBy, TreeMap::new, Collectors.toList()));
        Comparator<List<StoredEvent>> size =
                Comparator.comparing(group -> byAmount ? sum(group).orElse(LEAST) : BigDecimal.ZERO);
        // Sorted by name before, which is kept among equal ones.
        List<Map.Entry<String, List<StoredEvent>>> largest = groups.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        size.thenComparingLong(Recount::count).reversed()))
                .toList();
        List<String> lines = new ArrayList<>();
        largest.stream()
                .limit(limit)
                .forEach(group ->
                        lines.add(line(group.getKey(), "", count(group.getValue()), amounts(group.getValue()))));
        List<StoredEvent> others = largest.stream()
                .skip(limit)
                .flatMap(group -> group.getValue().stream())
                .toList();
        lines.add(
                line("others", "", count(others), sum(others).map(Amount::plain).orElse("")));
        return lines;
    }

    /** {@return the reasons of an answer of which nothing is wrong} */
    List<String> reasons(Asked asked) {
        return reasons(asked, _ -> "all");
    }

    /**
     * {@return the same of an answer about groups}
     *
     * @param groupBy what of an event is its group; empty when it is in none
     */
    List<String> reasons(Asked asked, Function<StoredEvent, String> groupBy) {
        return events.stream()
                        .anyMatch(event ->
                                asked.isAbout(event) && !groupBy.apply(event).isEmpty() && event.weight() > 1)
                ? List.of("sampled")
                : List.of();
    }

    /** {@return the reasons that an answer gives} It is exact when there are none. */
    static List<String> reasonsOf(JsonNode answer) {
        List<String> reasons =
                answer.at("/meta/reasons").valueStream().map(JsonNode::asString).toList();
        if (answer.at("/meta/exact").asBoolean() != reasons.isEmpty()) {
            throw new IllegalStateException("exact with a reason, or not without one: " + answer);
        }
        return reasons;
    }

    /** Less than any sum. */
    private static final BigDecimal LEAST = BigDecimal.TEN.pow(60).negate();

    private static Optional<BigDecimal> sum(List<StoredEvent> group) {
        return group.stream()
                .filter(event -> event.amount() != null)
                .map(event -> Objects.requireNonNull(event.amount()).multiply(BigDecimal.valueOf(event.weight())))
                .reduce(BigDecimal::add);
    }

    static List<String> topOf(JsonNode answer) {
        String member = answer.path("group_by").asString();
        List<String> lines = new ArrayList<>();
        answer.path("groups")
                .forEach(group -> lines.add(lineOf(group.path(member).asString(), group)));
        lines.add(lineOf("others", answer.path("others")));
        return lines;
    }

    private static String users(List<StoredEvent> group) {
        long users = group.stream()
                .map(StoredEvent::user)
                .filter(user -> !user.isEmpty())
                .distinct()
                .count();
        return "users " + users;
    }

    private static long count(List<StoredEvent> group) {
        return group.stream().mapToLong(StoredEvent::weight).sum();
    }

    private static String amounts(List<StoredEvent> group) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal events = BigDecimal.ZERO;
        List<BigDecimal> all = new ArrayList<>();
        for (StoredEvent event : group) {
            if (event.amount() != null) {
                BigDecimal weight = BigDecimal.valueOf(event.weight());
                sum = sum.add(event.amount().multiply(weight));
                events = events.add(weight);
                all.add(event.amount());
            }
        }
        if (all.isEmpty()) {
            return "";
        }
        all.sort(null);
        return Stream.of(sum, sum.divide(events, 6, RoundingMode.HALF_EVEN), all.getFirst(), all.getLast())
                .map(Amount::plain)
                .collect(Collectors.joining(" "));
    }

    static List<String> linesOf(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("groups")
                .forEach(group -> lines.add(lineOf(group.path("event_type").asString(""), group)));
        answer.path("series")
                .forEach(series -> series.path("points")
                        .forEach(point ->
                                lines.add(lineOf(series.path("event_type").asString(""), point))));
        return lines;
    }

    private static String lineOf(String type, JsonNode numbers) {
        if (numbers.has("users")) {
            return line(
                    type,
                    numbers.path("start").asString(""),
                    numbers.path("count").asLong(),
                    "users " + numbers.path("users").asLong());
        }
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
}
