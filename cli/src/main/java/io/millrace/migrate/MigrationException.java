package io.millrace.migrate;

import java.io.Serial;

/** Why the migration stopped, and what to do. Nothing was reported as done that was not. */
public final class MigrationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
