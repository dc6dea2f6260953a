package io.millrace.analytics;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.Points;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The points of one type.
 *
 * @param points by start
 */
record Series(String eventType, List<Total> points) {

    /**
     * {@return the series that answer a question, by type} Where it wants them filled, each has every point of the
     * range, and each type that it names has a series.
     *
     * @param totals by type, then by start
     */
    static List<Series> of(Question.Timeseries asked, List<Total> totals) {
        Map<String, List<Total>> byType = new TreeMap<>(Total.TYPE_ORDER);
        if (asked.fill() == Fill.ZERO) {
            asked.eventTypes().forEach(type -> byType.put(type, new ArrayList<>()));
        }
        totals.forEach(total -> byType.computeIfAbsent(total.eventType(), _ -> new ArrayList<>())
                .add(total));
        List<Series> series = new ArrayList<>();
        byType.forEach((type, points) -> series.add(
                new Series(type, asked.fill() == Fill.ZERO ? filled(type, points, asked.points()) : points)));
        return series;
    }

    private static List<Total> filled(String type, List<Total> totals, Points points) {
        List<Total> filled = new ArrayList<>(points.size());
        int used = 0;
        for (int point = 0; point < points.size(); point++) {
            long start = points.startEpochSecond(point);
            if (used < totals.size() && totals.get(used).startEpochSecond() == start) {
                filled.add(totals.get(used));
                used++;
            } else {
                filled.add(new Total(type, start, Measures.NONE));
            }
        }
        if (used < totals.size()) {
            throw new IllegalStateException(totals.get(used).startEpochSecond() + " is the start of no point");
        }
        return filled;
    }
}
