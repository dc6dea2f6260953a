package io.millrace.analytics.store;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.total.Total;
import io.millrace.kit.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How large an answer may be.
 *
 * @param totalsMax groups, or points over all series, those that are filled in included
 */
public record AnswerSize(int totalsMax) {

    /**
     * Looks before anything is filled in. Without any totals it says whether the question alone asks for too much.
     *
     * @param totals by type
     * @throws ProblemException when the answer would be too large
     */
    public void require(Question question, List<Total> totals) {
        if (of(question, totals) > totalsMax) {
            throw tooLarge();
        }
    }

    private static long of(Question question, List<Total> totals) {
        return question instanceof Question.Timeseries series && series.fill() == Fill.ZERO
                ? (long) types(series, totals) * series.points().size()
                : totals.size();
    }

    private static int types(Question question, List<Total> totals) {
        Set<String> types = new HashSet<>(question.eventTypes());
        totals.forEach(total -> types.add(total.eventType()));
        return types.size();
    }

    ProblemException tooLarge() {
        return StoreProblem.ANSWER_TOO_LARGE
                .because("An answer has at most " + totalsMax + " points or groups: shorten the range,"
                        + " lengthen the interval, name fewer event types, or leave out empty points (fill=none)")
                .toException();
    }
}
