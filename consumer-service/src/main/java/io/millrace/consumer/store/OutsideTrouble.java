package io.millrace.consumer.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A server did not do what was asked, for reasons of its own: to be tried again, for as long as it takes. */
public final class OutsideTrouble extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean over;

    /**
     * Such trouble, of which nobody knows what became of the call.
     *
     * @param code short and without anything private, for metrics and for whoever asks over HTTP
     * @param message for the log
     */
    public OutsideTrouble(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.over = false;
    }

    /** The same, found by us and not by a library. */
    public OutsideTrouble(String code, String message) {
        this(code, false, message, null);
    }

    private OutsideTrouble(String code, boolean over, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.over = over;
    }

    /** The call was answered: what was asked for is done, and it is not what was to be. */
    static OutsideTrouble found(String code, String message) {
        return new OutsideTrouble(code, true, message, null);
    }

    /** The server answered the call with an error, or was not there to get it. */
    static OutsideTrouble refused(String code, String message, Throwable cause) {
        return new OutsideTrouble(code, true, message, cause);
    }

    /** Whether nothing more can come of the call: the server is known to be through with it, or never got it. */
    public boolean isOver() {
        return over;
    }

    public String code() {
        return code;
    }
}
