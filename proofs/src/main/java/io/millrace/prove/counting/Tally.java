package io.millrace.prove.counting;

import io.millrace.prove.asking.Answer;
import io.millrace.prove.asking.Asked;
import java.util.Map;
import java.util.TreeMap;

/** How often what was answered, under one circumstance. */
final class Tally {
    private long asked;
    private long answered;
    private long exact;
    private long exactAndLive;
    private long withEvents;
    private long withLive;
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> notLive = new TreeMap<>();

    void addRefused(Asked one) {
        asked++;
        refused.merge(one.status() == 0 ? "no answer" : "status " + one.status(), 1L, Long::sum);
    }

    void add(Answer answer) {
        asked++;
        answered++;
        exact += answer.isOfTheLog() ? 1 : 0;
        exactAndLive += answer.isOfTheLog() && answer.isUpToDate() ? 1 : 0;
        withEvents += answer.numbers().size() > 1 ? 1 : 0;
        withLive += answer.live() ? 1 : 0;
        answer.notLive().stream()
                .map(Answer.NotLive::reason)
                .distinct()
                .forEach(reason -> notLive.merge(reason, 1L, Long::sum));
    }

    void add(Tally other) {
        asked += other.asked;
        answered += other.answered;
        exact += other.exact;
        exactAndLive += other.exactAndLive;
        withEvents += other.withEvents;
        withLive += other.withLive;
    }

    long asked() {
        return asked;
    }

    long answered() {
        return answered;
    }

    long exact() {
        return exact;
    }

    long exactAndLive() {
        return exactAndLive;
    }

    long withEvents() {
        return withEvents;
    }

    long withLive() {
        return withLive;
    }

    static double percent(long part, long all) {
        return all == 0 ? 0 : 100.0 * part / all;
    }

    @Override
    public String toString() {
        return "%,9d asked, %,9d answered, exact %7.3f %%, exact and live %7.3f %%; with events %.0f %%, with live data %.0f %%%s%s"
                .formatted(
                        asked,
                        answered,
                        percent(exact, asked),
                        percent(exactAndLive, asked),
                        percent(withEvents, answered),
                        percent(withLive, answered),
                        refused.isEmpty() ? "" : "; refused " + refused,
                        notLive.isEmpty() ? "" : "; not live " + notLive);
    }
}
