package io.millrace.analytics;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Points;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The points of one group.
 *
 * @param points by start
 */
record Series(String group, List<Total> points) {

    /**
     * {@return the series that answer a question with spaced points, by group} Where it wants them filled, each has every
     * point of the range, and each type that it names has a series.
     *
     * @param totals by group, then by start
     */
    static List<Series> of(Question asked, List<Total> totals) {
        boolean fill = asked.fill() == Fill.ZERO;
        Map<String, List<Total>> byGroup = new TreeMap<>(Total.GROUP_ORDER);
        if (fill) {
            Collection<String> named = asked.groupBy() == GroupBy.NONE ? Set.of("") : asked.eventTypes();
            named.forEach(group -> byGroup.put(group, new ArrayList<>()));
        }
        totals.forEach(total ->
                byGroup.computeIfAbsent(total.group(), _ -> new ArrayList<>()).add(total));
        List<Series> series = new ArrayList<>();
        byGroup.forEach((group, points) ->
                series.add(new Series(group, fill ? filled(group, points, asked.points()) : points)));
        return series;
    }

    private static List<Total> filled(String group, List<Total> totals, Points points) {
        List<Total> filled = new ArrayList<>(points.size());
        int used = 0;
        for (int point = 0; point < points.size(); point++) {
            long start = points.startEpochSecond(point);
            if (used < totals.size() && totals.get(used).startEpochSecond() == start) {
                filled.add(totals.get(used));
                used++;
            } else {
                filled.add(new Total(group, start, Measures.NONE));
            }
        }
        if (used < totals.size()) {
            throw new IllegalStateException(totals.get(used).startEpochSecond() + " is the start of no point");
        }
        return filled;
    }
}
