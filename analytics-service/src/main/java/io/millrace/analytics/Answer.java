package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.seam.Joined;
import io.millrace.analytics.store.StoredResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What a question is answered with, and what can be promised of it.
 *
 * @param question as it was asked
 * @param joined what is counted, and up to where
 * @param reasons why it is not exactly the log's content below its position; exact when empty
 */
record Answer(Question question, Joined joined, List<Inexactness> reasons) {
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
        return new Answer(question, joined, reasons);
    }
}
