package io.millrace.cli;

import java.io.Serial;

/** The administration did not do what it was asked. */
public final class AdminException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    AdminException(String message) {
        super(message);
    }
}
