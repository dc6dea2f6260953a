package io.millrace.kit.eventlog;

import java.io.Serial;

/** Why a service does not start, and what to do about it. */
public final class StartRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * A refusal.
     *
     * @param why what does not fit
     * @param remedy what the operator has to do
     */
    public StartRefused(String why, String remedy) {
        super(why);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
