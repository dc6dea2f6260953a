package io.millrace.ingestion.admin;

import java.util.Locale;

/** How freely something may be called. */
enum Tier {
    /** What takes something away from somebody. */
    STRICT,
    /** Reading, and what can be done again. */
    STANDARD,
    /** What makes something new each time. */
    GENERATION,
    /** Trying a token that is not the admin token. */
    AUTH;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
