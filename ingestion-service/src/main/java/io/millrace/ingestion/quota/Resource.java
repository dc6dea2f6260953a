package io.millrace.ingestion.quota;

import java.util.Locale;

/** What there can be a quota of. */
enum Resource {
    /** Accepted events. */
    EVENTS,
    /** Bytes of request bodies, as sent. */
    BYTES;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
