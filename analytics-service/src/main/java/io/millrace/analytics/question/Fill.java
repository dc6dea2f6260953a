package io.millrace.analytics.question;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a series has where there are no events. */
public enum Fill {
    /** A point with a count of 0, so that it has every point of the range. */
    ZERO,
    /** No point. */
    NONE;

    /** {@return the one of that name in the API} */
    static Optional<Fill> of(String wire) {
        return Arrays.stream(values())
                .filter(fill -> fill.name().toLowerCase(Locale.ROOT).equals(wire))
                .findFirst();
    }
}
