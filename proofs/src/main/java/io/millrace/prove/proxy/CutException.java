package io.millrace.prove.proxy;

import java.io.IOException;
import java.io.Serial;

/** The connection is to be cut, on purpose. */
public final class CutException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Cut here. */
    public CutException() {
        super("cut on purpose");
    }
}
