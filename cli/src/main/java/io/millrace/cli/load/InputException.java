package io.millrace.cli.load;

import java.io.IOException;
import java.io.Serial;

/** The input cannot be read, or not to its end. The message is for the person who named the file. */
final class InputException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }

    InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
