package io.millrace.retention.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be kept for a time of its own; each is one table of ClickHouse, of the same name. */
public enum DataSet {
    EVENTS("events_floor", true),
    /** Questions below its floor go to other tables, so dropping a day of it changes no answer. */
    EVENTS_PER_MINUTE("minute_floor", false),
    EVENTS_PER_HOUR("hour_floor", true),
    /** Its floor is there for the audit, which cannot tell a dropped day from a lost one without it. */
    DEAD_LETTERS("dead_letters_floor", false);

    private final String floor;
    private final boolean inAnswers;

    DataSet(String floor, boolean inAnswers) {
        this.floor = floor;
        this.inAnswers = inAnswers;
    }

    /** {@return its name in the API, in {@code retention_policies} and in ClickHouse} */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the data set of that name} */
    public static Optional<DataSet> of(String wire) {
        return Arrays.stream(values())
                .filter(dataSet -> dataSet.wire().equals(wire))
                .findFirst();
    }

    /** {@return the name in {@code storage_state} of the event time below which it may lack rows} */
    public String floor() {
        return floor;
    }

    /** Whether an answer changes when a day of it is dropped, so that the generation has to tell. */
    public boolean isInAnswers() {
        return inAnswers;
    }
}
