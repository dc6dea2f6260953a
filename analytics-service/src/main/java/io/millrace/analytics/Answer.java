package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.seam.Joined;
import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a question is answered with, and what can be promised of it.
 *
 * @param question as it was asked
 * @param joined what is counted, and up to where
 * @param ranked the largest groups, where these were asked for
 * @param reasons why it is not exactly the log's content below its position; exact when empty
 */
record Answer(Question question, Joined joined, @Nullable Ranked ranked, List<Inexactness> reasons) {
    Answer {
        reasons = List.copyOf(reasons);
    }

    /** The answer from a stored result that was joined with the tails. */
    static Answer of(Question question, StoredResult stored, Joined joined) {
        List<Inexactness> reasons = new ArrayList<>();
        if (!stored.settled()) {
            reasons.add(Inexactness.STORAGE_CHANGING);
        }
        if (!stored.complete()) {
            reasons.add(Inexactness.EXPIRED);
        }
        if (joined.totals().stream()
                .anyMatch(total -> !total.measures().users().count().exact())) {
            reasons.add(Inexactness.APPROXIMATE);
        }
        // What is in no group of the answer may be among its others.
        if (stored.all().sampled()
                || joined.totals().stream().anyMatch(total -> total.measures().sampled())) {
            reasons.add(Inexactness.SAMPLED);
        }
        return new Answer(
                question, joined, question instanceof Question.Top top ? ranked(top, stored, joined) : null, reasons);
    }

    /** Tails have added to all groups, or to none. */
    private static Ranked ranked(Question.Top top, StoredResult stored, Joined joined) {
        Measures all = top.groupBy().isCounted()
                ? joined.totals().stream().map(Total::measures).reduce(Measures.NONE, Measures::plus)
                : stored.all();
        return Ranked.of(top.ranking(), joined.totals(), all);
    }
}
