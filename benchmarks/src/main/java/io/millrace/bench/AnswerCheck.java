package io.millrace.bench;

import io.millrace.bench.asking.Answer;
import io.millrace.bench.asking.Kept;
import io.millrace.bench.asking.Numbers;
import io.millrace.bench.asking.Question;
import io.millrace.bench.asking.Select;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;

/**
 * Holds answers that say they are exact against the events themselves: those stored below an answer's position, counted
 * once more. All of them must be stored by then.
 */
final class AnswerCheck {
    private static final int SHOWN_MAX = 3;

    private final EventStore store;
    private final Tenant tenant;
    private int checked;
    private int notExact;
    private int wrong;

    AnswerCheck(EventStore store, Tenant tenant) {
        this.store = store;
        this.tenant = tenant;
    }

    /** Counts all again and prints those that are wrong. */
    void check(Collection<Kept> kept, PrintStream out) throws IOException, InterruptedException {
        for (Kept one : kept) {
            check(one.question(), Answer.parse(one.reply()), out);
        }
    }

    /** Counts one again and prints it if it is wrong. */
    void check(Question question, Answer answer, PrintStream out) throws IOException, InterruptedException {
        if (!answer.exact()) {
            notExact++;
            return;
        }
        checked++;
        Select select = Select.recount(question, tenant, answer.position());
        Numbers counted = Numbers.rows(store.ask(select.text() + "FORMAT TSV", select.parameters()));
        if (!counted.equals(answer.numbers()) && ++wrong <= SHOWN_MAX) {
            out.println("wrong: " + question + " at " + answer.position());
            out.println("  answered, not counted: " + answer.numbers().without(counted));
            out.println("  counted, not answered: " + counted.without(answer.numbers()));
        }
    }

    /**
     * Tells how many there were.
     *
     * @throws MeasurementException when any was wrong, or none could be checked
     */
    void conclude(PrintStream out) throws MeasurementException {
        out.printf(
                "counted again from the events below their positions: %d answers, %d wrong; %d more not exact%n",
                checked, wrong, notExact);
        if (wrong > 0) {
            throw new MeasurementException(wrong + " of " + checked + " exact answers are wrong");
        }
        if (checked == 0) {
            throw new MeasurementException("no answer could be checked");
        }
    }
}
