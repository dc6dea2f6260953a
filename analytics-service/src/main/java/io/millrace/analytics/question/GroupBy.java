package io.millrace.analytics.question;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an answer is broken down by; in the API by its name in lower case. */
public enum GroupBy {
    /** Nothing: one group, of everything asked for. */
    NONE,
    EVENT_TYPE,
    PRODUCT_ID,
    USER_ID,
    SESSION_ID;

    /** What every kind of question can be broken down by. */
    static final List<GroupBy> ANY = List.of(NONE, EVENT_TYPE);

    /** What the largest groups of can be asked for. */
    static final List<GroupBy> RANKED = List.of(EVENT_TYPE, PRODUCT_ID, USER_ID, SESSION_ID);

    /** Whether the views and the live tail are broken down like that, and not only the events themselves. */
    public boolean isCounted() {
        return this == NONE || this == EVENT_TYPE;
    }

    /** {@return its name in the API, which is that of the event's member, and of the column} */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the one of that name, if it is one of those} */
    static Optional<GroupBy> of(String wire, List<GroupBy> allowed) {
        return allowed.stream().filter(one -> one.wire().equals(wire)).findFirst();
    }

    /** {@return their names, as a sentence has them} */
    static String names(List<GroupBy> allowed) {
        return allowed.stream().map(GroupBy::wire).collect(Collectors.joining(", "));
    }
}
