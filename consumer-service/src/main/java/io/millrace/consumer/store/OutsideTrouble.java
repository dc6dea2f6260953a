package io.millrace.consumer.store;

import java.io.Serial;

/** A server did not do what was asked, for reasons of its own: to be tried again, for as long as it takes. */
public final class OutsideTrouble extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Such trouble.
     *
     * @param code short and without anything private, for metrics and for whoever asks over HTTP
     * @param message for the log
     */
    public OutsideTrouble(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    OutsideTrouble(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
