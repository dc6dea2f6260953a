package io.millrace.analytics;

import io.millrace.analytics.question.OrderBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/**
 * The largest groups, and what all others come to.
 *
 * @param groups the largest first
 * @param othersEvents how many events the others have
 * @param othersAmountEvents of these, how many with an amount
 * @param othersAmountSumMicros what the others' amounts come to, in millionths
 */
record Ranked(List<Total> groups, long othersEvents, long othersAmountEvents, BigInteger othersAmountSumMicros) {

    /**
     * Ranks.
     *
     * @param totals all groups, or the largest
     * @param all what all groups come to
     */
    static Ranked of(Question.Ranking ranking, List<Total> totals, Measures all) {
        List<Total> largest = totals.stream()
                .sorted(order(ranking.orderBy()))
                .limit(ranking.limit())
                .toList();
        Measures ranked = largest.stream().map(Total::measures).reduce(Measures.NONE, Measures::plus);
        return new Ranked(
                largest,
                all.events() - ranked.events(),
                all.amountEvents() - ranked.amountEvents(),
                all.amountSumMicros().subtract(ranked.amountSumMicros()));
    }

    /** As ClickHouse orders them; equal ones by name, so that an answer does not change by itself. */
    private static Comparator<Total> order(OrderBy orderBy) {
        Comparator<Total> largest = Comparator.comparingLong(
                        (Total total) -> total.measures().events())
                .reversed();
        Comparator<Total> first = switch (orderBy) {
            case COUNT -> largest;
            case ORDER_AMOUNT_SUM ->
                Comparator.comparing((Total total) -> total.measures().amountEvents() == 0)
                        .thenComparing(total -> total.measures().amountSumMicros(), Comparator.reverseOrder())
                        .thenComparing(largest);
        };
        return first.thenComparing(Total::group, Total.GROUP_ORDER);
    }
}
