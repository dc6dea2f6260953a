package io.millrace.bench.asking;

import java.util.ArrayList;
import java.util.List;

/** Looks at the answers of one connection: counts what they say of themselves and keeps some. For one thread. */
final class Watch {
    private final int keepEvery;
    private final boolean marked;
    private final List<Kept> kept = new ArrayList<>();
    private long answers;
    private long notExact;
    private long notLive;

    /**
     * Has seen nothing yet.
     *
     * @param loop whose answers
     * @param connection which of its connections, so that not all keep theirs in the same moment
     */
    Watch(ClosedLoop loop, int connection) {
        this.keepEvery = loop.keepEvery();
        this.marked = loop.marked();
        this.answers = (long) connection * keepEvery / loop.connections();
    }

    void see(Question question, Reply reply) {
        if (!marked) {
            return;
        }
        notExact += Answer.bears(reply, Answer.Mark.EXACT) ? 0 : 1;
        notLive += Answer.bears(reply, Answer.Mark.NOT_LIVE) ? 1 : 0;
        if (++answers % keepEvery == 0) {
            kept.add(new Kept(question, reply));
        }
    }

    List<Kept> kept() {
        return kept;
    }

    long notExact() {
        return notExact;
    }

    long notLive() {
        return notLive;
    }
}
