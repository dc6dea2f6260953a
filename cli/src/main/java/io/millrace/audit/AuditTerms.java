package io.millrace.audit;

import java.time.Duration;

/**
 * How closely to look.
 *
 * @param thorough whether to read the rows themselves too, which takes time and memory of the server
 * @param patience how long to wait until everything is stored that was in the log at the beginning; what is not by then is
 *     a difference. Zero: not at all, and lag is none
 */
public record AuditTerms(boolean thorough, Duration patience) {
    public static final AuditTerms DEFAULT = new AuditTerms(false, Duration.ZERO);

    public AuditTerms {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("a wait is not negative");
        }
    }

    boolean waits() {
        return patience.isPositive();
    }
}
