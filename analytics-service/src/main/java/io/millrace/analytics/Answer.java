package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.total.Total;
import io.millrace.log.PositionVector;
import java.util.ArrayList;
import java.util.List;

/**
 * What a question is answered with, and what can be promised of it.
 *
 * @param question as it was asked
 * @param totals by type, then by start
 * @param reasons why it is not exact; exact when empty
 * @param position everything before it is in the answer
 */
record Answer(Question question, List<Total> totals, List<Inexactness> reasons, PositionVector position) {
    Answer {
        totals = List.copyOf(totals);
        reasons = List.copyOf(reasons);
    }

    /** The answer that storage alone can give. */
    static Answer stored(Question question, StoredResult result, int logId) {
        List<Inexactness> reasons = new ArrayList<>(List.of(Inexactness.NO_LIVE_TAIL));
        if (!result.settled()) {
            reasons.add(Inexactness.STORAGE_CHANGING);
        }
        if (!result.complete()) {
            reasons.add(Inexactness.EXPIRED);
        }
        return new Answer(question, result.totals(), reasons, result.state().position(logId));
    }
}
