package io.millrace.analytics;

import io.millrace.analytics.history.History;
import io.millrace.analytics.peer.LiveTail;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.seam.Joined;
import io.millrace.analytics.seam.NotLive;
import io.millrace.analytics.seam.Seam;
import io.millrace.analytics.store.AnswerSize;
import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.tail.LiveTotals;
import io.millrace.kit.problem.Problem;
import io.millrace.log.PositionVector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers questions: stored data and live data, joined. Asking changes nothing. */
final class Answers {
    /** Above which joining and writing are no work for the threads that hold all connections. */
    private static final int TOTALS_AT_ONCE_MAX = 2_000;

    /** Between two looks whether a position is reached. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final History history;
    private final LiveTail tail;
    private final Seam seam;
    private final AnswerSize size;
    private final Duration afterMax;

    /**
     * Answers.
     *
     * @param afterMax how long a question waits for a position
     */
    Answers(History history, LiveTail tail, Seam seam, AnswerSize size, Duration afterMax) {
        this.history = history;
        this.tail = tail;
        this.seam = seam;
        this.size = size;
        this.afterMax = afterMax;
    }

    /** An answer with the stored result that it rests on. */
    record Made(Answer answer, StoredResult stored) {}

    /**
     * Answers a question.
     *
     * @param after a position that the answer is to cover
     * @return the answer; fails with a problem of the store, or when the position is not reached in time
     */
    Mono<Made> ask(Question question, Optional<PositionVector> after) {
        size.require(question, List.of());
        return after.map(position -> askAfter(question, position)).orElseGet(() -> ask(question));
    }

    private Mono<Made> ask(Question question) {
        return question.groupBy().isCounted() ? askJoined(question) : askStored(question);
    }

    /** What no tail can tell is answered up to where it is stored, which is about a second ago. */
    private Mono<Made> askStored(Question question) {
        return history.find(question, _ -> false)
                .map(stored -> new Made(Answer.of(question, stored, seam.storedOnly(stored)), stored));
    }

    private Mono<Made> askJoined(Question question) {
        return history.find(question, stored -> tail.joins(partition -> seam.from(stored, partition)))
                .flatMap(stored -> joined(question, stored))
                .flatMap(made -> made.answer().joined().notLive().containsKey(NotLive.TAIL_SHORT)
                        ? joinedAnew(question, made)
                        : Mono.just(made));
    }

    /** Only its answer told that another instance has its tail from later on than a kept result needs: one read now may do. */
    private Mono<Made> joinedAnew(Question question, Made made) {
        return history.find(question, _ -> false)
                .flatMap(stored -> stored.equals(made.stored()) ? Mono.just(made) : joined(question, stored));
    }

    private Mono<Made> joined(Question question, StoredResult stored) {
        Mono<Made> joining = Mono.defer(() -> tail.ask(question, partition -> seam.from(stored, partition)))
                .map(live -> join(question, stored, live));
        return question.countsUsers() || stored.totals().size() > TOTALS_AT_ONCE_MAX
                ? joining.subscribeOn(Schedulers.parallel())
                : joining;
    }

    private Mono<Made> askAfter(Question question, PositionVector after) {
        return Mono.defer(() -> ask(question))
                .filter(made -> made.answer().joined().position().covers(after))
                .repeatWhenEmpty(looks -> looks.delayElements(LOOK_AGAIN))
                .timeout(afterMax, Mono.error(() -> notReached().toException()));
    }

    private Problem notReached() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "position_not_reached", "The position is not reached yet")
                .withDetail(
                        "No answer covers the position in after yet, %d ms after it was asked for; without after there is one"
                                .formatted(afterMax.toMillis()))
                .withRetryAfter(Duration.ofSeconds(1));
    }

    private Made join(Question question, StoredResult stored, LiveTotals live) {
        Joined joined = seam.join(stored, live);
        size.require(question, joined.totals());
        return new Made(Answer.of(question, stored, joined), stored);
    }
}
