package io.millrace.localstack.process;

/** Something the person at the keyboard can mend; the message says what and how. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A problem seen by ourselves. */
    public StackException(String message) {
        super(message);
    }

    /** A problem with a cause below it. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
