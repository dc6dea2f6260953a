package io.millrace.audit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The audit could not be carried out, which says nothing about the data. The message says why. */
public final class AuditFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    AuditFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
