package io.millrace.bench;

import io.millrace.bench.asking.Answer;
import io.millrace.bench.asking.Kept;
import io.millrace.bench.asking.Numbers;
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
            Answer answer = Answer.parse(one.reply());
            if (!answer.exact()) {
                notExact++;
                continue;
            }
            checked++;
            Select select = Select.recount(one.question(), tenant, answer.position());
            Numbers counted = Numbers.rows(store.ask(select.text() + "FORMAT TSV", select.parameters()));
            if (!counted.equals(answer.numbers()) && ++wrong <= SHOWN_MAX) {
                out.println("wrong: " + one.question() + " at " + answer.position());
                out.println("  answered, not counted: " + answer.numbers().without(counted));
                out.println("  counted, not answered: " + counted.without(answer.numbers()));
            }
        }
    }

    /**
     * Tells how many there were.
     *
     * @throws MeasurementException when any was wrong, or none could be checked
     */
    void conclude(PrintStream out) throws MeasurementException {
        out.printf(
                "%d answers counted again from the events below their positions, %d wrong; %d not exact%n",
                checked, wrong, notExact);
        if (wrong > 0) {
            throw new MeasurementException(wrong + " of " + checked + " exact answers are wrong");
        }
        if (checked == 0) {
            throw new MeasurementException("no answer could be checked");
        }
    }
}
