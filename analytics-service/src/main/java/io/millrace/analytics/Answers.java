package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.seam.Joined;
import io.millrace.analytics.seam.Seam;
import io.millrace.analytics.store.EventStore;
import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.tail.LogTail;
import io.millrace.analytics.tail.Selection;
import reactor.core.publisher.Mono;

/** Answers questions: stored data and live data, joined. Asking changes nothing. */
final class Answers {
    private final EventStore store;
    private final LogTail tail;
    private final Seam seam;

    Answers(EventStore store, LogTail tail, Seam seam) {
        this.store = store;
        this.tail = tail;
        this.seam = seam;
    }

    /** An answer with the stored result that it rests on. */
    record Made(Answer answer, StoredResult stored) {}

    /** {@return the answer; fails with a problem of the store} */
    Mono<Made> ask(Question question) {
        return store.ask(question).map(stored -> join(question, stored));
    }

    private Made join(Question question, StoredResult stored) {
        Selection selection =
                new Selection(question.tenant(), question.range(), question.eventTypes(), question::pointStart);
        Joined joined = seam.join(stored, tail.ask(partition -> seam.from(stored, partition), selection));
        return new Made(Answer.of(question, stored, joined), stored);
    }
}
