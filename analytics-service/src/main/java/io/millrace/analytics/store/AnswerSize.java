package io.millrace.analytics.store;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
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
     * @param totals by group
     * @throws ProblemException when the answer would be too large
     */
    public void require(Question question, List<Total> totals) {
        if (of(question, totals) > totalsMax) {
            throw tooLarge();
        }
    }

    private static long of(Question question, List<Total> totals) {
        return question.fill() == Fill.ZERO
                ? (long) groups(question, totals) * question.points().size()
                : totals.size();
    }

    private static int groups(Question question, List<Total> totals) {
        if (question.groupBy() == GroupBy.NONE) {
            return 1;
        }
        Set<String> groups = new HashSet<>(question.eventTypes());
        totals.forEach(total -> groups.add(total.group()));
        return groups.size();
    }

    ProblemException tooLarge() {
        return StoreProblem.ANSWER_TOO_LARGE
                .because("An answer has at most " + totalsMax + " points or groups: shorten the range,"
                        + " lengthen the interval, name fewer event types, or leave out empty points (fill=none)")
                .toException();
    }

    /** {@return what is said when the sets of users behind an answer take too much memory} */
    static ProblemException tooManyUsers(long bytesMax) {
        return StoreProblem.ANSWER_TOO_LARGE
                .because("The sets of users of an answer take at most " + bytesMax + " bytes, up to 256 KiB each:"
                        + " shorten the range, lengthen the interval, name fewer event types, or group by none")
                .toException();
    }
}
