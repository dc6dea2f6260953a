package io.millrace.analytics.question;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What makes a group a large one; in the API by its name in lower case. */
public enum OrderBy {
    /** Its events. */
    COUNT,
    /** What their amounts come to; groups without amounts come last. */
    ORDER_AMOUNT_SUM;

    /** {@return its name in the API} */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the one of that name} */
    static Optional<OrderBy> of(String wire) {
        return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
    }
}
