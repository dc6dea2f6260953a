package io.millrace.event;

import java.io.Serial;

/**
 * Thrown by the constructors of the event's values; the codecs turn it into an {@link InvalidEvent}. Has no stack
 * trace, because at the door it is ordinary input.
 */
public final class InvalidEventException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final InvalidEvent.Code code;

    public InvalidEventException(InvalidEvent.Code code, String detail) {
        super(detail);
        this.code = code;
    }

    public InvalidEvent problem() {
        return new InvalidEvent(code, getMessage());
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
