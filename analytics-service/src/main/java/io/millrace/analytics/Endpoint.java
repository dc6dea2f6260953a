package io.millrace.analytics;

import java.util.Locale;

/** What can be asked. */
enum Endpoint {
    COUNTS,
    TIMESERIES,
    UNIQUES,
    TOP;

    String path() {
        return "/v1/" + name().toLowerCase(Locale.ROOT);
    }

    /** {@return its name in metrics} */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
