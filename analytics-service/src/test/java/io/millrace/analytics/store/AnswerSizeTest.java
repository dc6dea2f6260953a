package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.kit.problem.ProblemException;
import io.millrace.log.Tenant;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerSizeTest {
    private static final TimeRange TEN_HOURS =
            new TimeRange(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-01-01T10:00:00Z"));

    private static Question hours(Fill fill, String... types) {
        return new Question.Timeseries(
                new Tenant("shop"),
                SpacedPoints.of(TEN_HOURS, Interval.HOUR, ZoneId.of("UTC"), 10).orElseThrow(),
                new TreeSet<>(Set.of(types)),
                GroupBy.EVENT_TYPE,
                fill);
    }

    private static List<Total> totals(String... types) {
        return Stream.of(types)
                .map(type -> new Total(type, 978_307_200, Measures.withoutAmounts(1)))
                .toList();
    }

    private static void isOfSize(int size, Question question, List<Total> totals) {
        new AnswerSize(size).require(question, totals);
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> new AnswerSize(size - 1).require(question, totals));
        assertThat(refused.problem().code()).isEqualTo("answer_too_large");
        assertThat(refused.problem().status().value()).isEqualTo(422);
    }

    @Test
    void groupsCountWithoutTypesThatHaveNoEvents() {
        isOfSize(
                2,
                new Question.Counts(
                        new Tenant("shop"), TEN_HOURS, new TreeSet<>(Set.of("a", "b", "c")), GroupBy.EVENT_TYPE),
                totals("a", "b"));
    }

    @Test
    void pointsThatAreFilledInCount() {
        isOfSize(20, hours(Fill.ZERO), totals("a", "a", "b"));
        isOfSize(3, hours(Fill.NONE), totals("a", "a", "b"));
    }

    @Test
    void seriesOfTypesThatAreNamedCountBeforeAnythingIsRead() {
        isOfSize(20, hours(Fill.ZERO, "a", "b"), List.of());
        isOfSize(30, hours(Fill.ZERO, "a", "b", "c"), totals("b"));
        new AnswerSize(1).require(hours(Fill.NONE, "a", "b"), List.of());
    }

    @Test
    void manyTypesOfManyPointsAreMoreThanAnInt() {
        TimeRange years = new TimeRange(Instant.EPOCH, Instant.parse("2020-01-01T00:00:00Z"));
        Question minutes = new Question.Timeseries(
                new Tenant("shop"),
                SpacedPoints.of(years, Interval.MINUTE, ZoneId.of("UTC"), Integer.MAX_VALUE)
                        .orElseThrow(),
                Collections.emptySortedSet(),
                GroupBy.EVENT_TYPE,
                Fill.ZERO);
        List<Total> totals = IntStream.range(0, 200)
                .mapToObj(type -> new Total("t" + type, 0, Measures.withoutAmounts(1)))
                .toList();
        assertThat(catchThrowableOfType(
                        ProblemException.class, () -> new AnswerSize(Integer.MAX_VALUE).require(minutes, totals)))
                .isNotNull();
    }
}
