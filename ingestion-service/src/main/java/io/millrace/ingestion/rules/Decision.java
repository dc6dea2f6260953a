package io.millrace.ingestion.rules;

import io.millrace.event.Event;
import io.millrace.log.DeadLetterMark;

/** What becomes of an event by its tenant's rules. */
public sealed interface Decision {
    /**
     * It is let in.
     *
     * @param event with the number of events that it stands for
     */
    record LetIn(Event event) implements Decision {}

    /** It is left out, and there is nothing to mend. */
    record LeftOut(Reason reason) implements Decision {}

    /** It is not what it must be. */
    record Mismatch(Event event, DeadLetterMark mark, OnMismatch then) implements Decision {}

    /** There is a rule, and nobody can say what it says: its schema is not one that this release can use. */
    record Undecided() implements Decision {}

    /** Why an event was left out. */
    enum Reason {
        DROP("rule_drop"),
        SAMPLE("rule_sample");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** {@return the stable code of answers and metrics} */
        public String code() {
            return code;
        }
    }
}
