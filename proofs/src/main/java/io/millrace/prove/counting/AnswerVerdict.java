package io.millrace.prove.counting;

import io.millrace.log.PositionVector;
import io.millrace.prove.asking.Answer;
import io.millrace.prove.asking.AnswerBook;
import io.millrace.prove.asking.Asked;
import io.millrace.prove.asking.Question;
import io.millrace.prove.verdict.Difference;
import io.millrace.prove.verdict.Differences;
import io.millrace.prove.verdict.Finding;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Holds every answer of a run that says it is exact against the log below its position. */
public final class AnswerVerdict {
    private static final int LINES_SHOWN = 4;

    private final EventIndex events;
    private final List<Long> ends;
    private final Times times;
    private final Map<Circumstance, Tally> tallies = new EnumMap<>(Circumstance.class);
    private final Differences wrong = new Differences();
    private final Differences unfounded = new Differences();
    private final Course course = new Course();
    private long early;
    private long earlyMillisMax;

    /**
     * A verdict by a recount.
     *
     * @param ends where the log's partitions end
     */
    public AnswerVerdict(EventIndex events, List<Long> ends, Times times) {
        this.events = events;
        this.ends = List.copyOf(ends);
        this.times = times;
        for (Circumstance circumstance : Circumstance.values()) {
            tallies.put(circumstance, new Tally());
        }
    }

    /** Looks at all of them. */
    public void judge(AnswerBook book) throws IOException {
        book.forEach(this::judge);
    }

    private void judge(Question question, Asked asked) {
        Tally tally = tally(times.of(asked));
        if (!asked.isAnswered()) {
            tally.addRefused(asked);
            return;
        }
        Answer answer = Answer.parse(asked.body());
        tally.add(answer);
        course.add(asked, answer.position());
        if (answer.exact() == answer.reasons().isEmpty()) {
            judge(question, asked, answer);
        } else {
            unfounded.add(Difference.ofSum("exact or not without a reason: " + asked.body()));
        }
    }

    private void judge(Question question, Asked asked, Answer answer) {
        PositionVector position = answer.position();
        if (!isPlace(position)) {
            unfounded.add(Difference.ofSum("no place in this log: " + position));
            return;
        }
        if (answer.isOfTheLog()) {
            List<String> expected = events.answer(question, partition -> end(position, partition));
            if (!expected.equals(answer.numbers())) {
                wrong.add(
                        "wrong, asked with " + times.of(asked),
                        Difference.ofSum(explained(question, asked, answer, expected)));
            }
        }
        judgeCompleteTo(answer);
    }

    private boolean isPlace(PositionVector position) {
        for (Map.Entry<Integer, Long> next : position.nextOffsets().entrySet()) {
            if (next.getKey() >= ends.size() || next.getValue() > ends.get(next.getKey())) {
                return false;
            }
        }
        return true;
    }

    private static long end(PositionVector position, int partition) {
        return position.nextOffsets().getOrDefault(partition, 0L);
    }

    /** What is not in an answer was received after what it says it is complete to. */
    private void judgeCompleteTo(Answer answer) {
        Instant completeTo = answer.completeTo();
        if (completeTo == null) {
            return;
        }
        long lateMillis = 0;
        for (int partition = 0; partition < events.partitions(); partition++) {
            long received = events.received(partition).receivedFrom(end(answer.position(), partition));
            lateMillis = Math.max(lateMillis, completeTo.toEpochMilli() - received);
        }
        if (lateMillis > 0) {
            early++;
            earlyMillisMax = Math.max(earlyMillisMax, lateMillis);
        }
    }

    private String explained(Question question, Asked asked, Answer answer, List<String> expected) {
        List<String> lacking = new ArrayList<>(expected);
        lacking.removeAll(answer.numbers());
        List<String> surplus = new ArrayList<>(answer.numbers());
        surplus.removeAll(expected);
        return """
                %s
                    asked %s, answered %s by instance %d
                    at %s, not live %s
                    must have %s
                    has       %s
                    after     %s""".formatted(
                        question,
                        asked.began(),
                        asked.ended(),
                        asked.instance(),
                        answer.position(),
                        answer.notLive(),
                        lacking.subList(0, Math.min(LINES_SHOWN, lacking.size())),
                        surplus.subList(0, Math.min(LINES_SHOWN, surplus.size())),
                        times.before(asked));
    }

    private Tally tally(Circumstance circumstance) {
        return tallies.computeIfAbsent(circumstance, _ -> new Tally());
    }

    /** What was counted, without judging it. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        tallies.forEach((circumstance, tally) -> notes.add("%-20s %s".formatted(circumstance, tally)));
        notes.add(course.toString());
        notes.add("%,d answers lack what was received before their complete_to, by %,d ms at most"
                .formatted(early, earlyMillisMax));
        return notes;
    }

    /** All comparisons; the promise holds when all of them do. */
    public List<Finding> findings(Demand demand) {
        Tally alone = tally(Circumstance.ALONE);
        Tally quiet = sum(alone, tally(Circumstance.NOTHING_BROKEN));
        Tally outside = sum(quiet, tally(Circumstance.BETWEEN_OUTAGES));
        Tally during = tally(Circumstance.DURING_OUTAGE);
        Tally all = sum(outside, during);
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.of("every exact answer is the log below its position", wrong));
        findings.add(Finding.of("answers name a place in the log, or a reason", unfounded));
        findings.add(Shares.answered(all, demand.answersMin()));
        findings.add(Shares.exact("with nothing broken", quiet, Shares.QUIET_PERCENT_MIN));
        findings.add(Shares.exact("outside the outages", outside, Shares.OUTSIDE_PERCENT_MIN));
        if (demand.live()) {
            findings.add(Shares.live("while one has all partitions", alone, Shares.QUIET_PERCENT_MIN));
            findings.add(Shares.live("with nothing broken", quiet, Shares.QUIET_LIVE_PERCENT_MIN));
            findings.add(Shares.live("outside the outages", outside, Shares.OUTSIDE_LIVE_PERCENT_MIN));
        }
        findings.add(Shares.notTrivial(all, during));
        return findings;
    }

    private static Tally sum(Tally... tallies) {
        Tally sum = new Tally();
        for (Tally tally : tallies) {
            sum.add(tally);
        }
        return sum;
    }
}
