package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.question.OrderBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankedTest {
    private static final Total MANY = new Total("many", 0, Measures.withoutAmounts(9));
    private static final Total DEAR = new Total("dear", 0, amounts(2, 900));
    private static final Total OWED = new Total("owed", 0, amounts(3, -5));
    private static final Total CHEAP = new Total("cheap", 0, amounts(2, 1));
    private static final List<Total> ALL = List.of(CHEAP, DEAR, MANY, OWED);

    private static Measures amounts(long events, long micros) {
        return new Measures(events, 1, BigInteger.valueOf(micros), micros, micros);
    }

    private static Ranked ranked(OrderBy orderBy, int limit) {
        return Ranked.of(
                new Question.Ranking(orderBy, limit),
                ALL,
                ALL.stream().map(Total::measures).reduce(Measures.NONE, Measures::plus));
    }

    @Test
    void mostEventsFirstAndEqualOnesByName() {
        assertThat(ranked(OrderBy.COUNT, 4).groups()).containsExactly(MANY, OWED, CHEAP, DEAR);
    }

    @Test
    void largestSumFirstAndThoseWithoutAmountsLast() {
        assertThat(ranked(OrderBy.ORDER_AMOUNT_SUM, 4).groups()).containsExactly(DEAR, CHEAP, OWED, MANY);
    }

    @Test
    void othersAreWhatIsLeft() {
        Ranked two = ranked(OrderBy.COUNT, 2);
        assertThat(two.groups()).containsExactly(MANY, OWED);
        assertThat(two.othersEvents()).isEqualTo(4);
        assertThat(two.othersAmountEvents()).isEqualTo(2);
        assertThat(two.othersAmountSumMicros()).isEqualTo(901);
        assertThat(ranked(OrderBy.COUNT, 5).othersEvents()).isZero();
    }
}
