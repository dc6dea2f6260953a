package io.millrace.analytics.unique;

import java.io.Serial;

/** Bytes that are no state of ClickHouse's {@code uniq}. Another reading of the same bytes ends the same. */
final class UniqStateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UniqStateException(String why) {
        super(why);
    }
}
