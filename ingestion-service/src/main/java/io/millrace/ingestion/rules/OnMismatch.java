package io.millrace.ingestion.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of an event that is not what it must be. */
public enum OnMismatch {
    /** Its sender is told, and has to mend it. */
    REJECT,
    /** It goes into the log with a mark that makes it a dead letter. */
    DEAD_LETTER;

    /** {@return its name in the API and in the database} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what has that name, if anything has} */
    public static Optional<OnMismatch> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst();
    }
}
