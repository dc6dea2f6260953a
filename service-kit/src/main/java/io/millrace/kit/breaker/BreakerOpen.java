package io.millrace.kit.breaker;

import java.io.Serial;
import java.time.Duration;

/** A call was not made, because its server is away as far as is known. */
public final class BreakerOpen extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    BreakerOpen(String breaker, Duration retryAfter) {
        super("the breaker " + breaker + " is open", null, false, false);
        this.retryAfter = retryAfter;
    }

    /** {@return after which a call may be let through again; zero when it is not known} */
    public Duration retryAfter() {
        return retryAfter;
    }
}
