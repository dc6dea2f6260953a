package io.millrace.bench.asking;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The numbers of an answer, in a form in which answers from different places are equal.
 *
 * @param totals of what has events, by type and, where there are several points, start of the point in epoch seconds
 */
public record Numbers(SortedMap<String, Totals> totals) {
    public Numbers {
        totals = Collections.unmodifiableSortedMap(new TreeMap<>(totals));
    }

    /** Of the body of an answer. */
    static Numbers of(JsonNode json) {
        SortedMap<String, Totals> totals = new TreeMap<>();
        for (JsonNode group : json.path("groups")) {
            put(totals, key(group, 0), group);
        }
        for (JsonNode series : json.path("series")) {
            for (JsonNode point : series.path("points")) {
                long start = Instant.parse(point.path("start").asString()).getEpochSecond();
                put(totals, key(series, start), point);
            }
        }
        return new Numbers(totals);
    }

    /** Of ClickHouse's rows of a {@link Select}, tab-separated. */
    public static Numbers rows(String text) {
        SortedMap<String, Totals> totals = new TreeMap<>();
        text.lines().forEach(line -> {
            String[] fields = line.split("\t", -1);
            totals.put(fields[0] + " " + fields[1], Totals.of(fields, 2));
        });
        return new Numbers(totals);
    }

    /** Events of all. */
    public long events() {
        return totals.values().stream().mapToLong(Totals::events).sum();
    }

    /** Those that the others do not have alike. */
    public Numbers without(Numbers others) {
        SortedMap<String, Totals> rest = new TreeMap<>(totals);
        rest.entrySet().removeAll(others.totals.entrySet());
        return new Numbers(rest);
    }

    /** A point without events is in an answer for the eye only. */
    private static void put(SortedMap<String, Totals> totals, String key, JsonNode json) {
        Totals some = Totals.of(json);
        if (some.events() != 0) {
            totals.put(key, some);
        }
    }

    private static String key(JsonNode named, long start) {
        return named.path("event_type").asString() + " " + start;
    }
}
