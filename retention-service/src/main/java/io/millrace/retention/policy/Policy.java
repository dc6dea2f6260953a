package io.millrace.retention.policy;

import java.time.Instant;

/**
 * How long a data set is kept.
 *
 * @param keepDays whole days, {@value #KEEP_DAYS_MIN} to {@value #KEEP_DAYS_MAX}: everything is kept at least so long
 *     after its receipt
 */
public record Policy(DataSet dataSet, int keepDays, Instant updatedAt) {
    public static final int KEEP_DAYS_MIN = 1;
    /** A hundred years, near enough; longer is for ever, which is no policy. */
    public static final int KEEP_DAYS_MAX = 36_500;

    public Policy {
        if (!isValid(keepDays)) {
            throw new IllegalArgumentException("keep_days is " + KEEP_DAYS_MIN + " to " + KEEP_DAYS_MAX);
        }
    }

    /** Whether so many days can be kept. */
    public static boolean isValid(long keepDays) {
        return keepDays >= KEEP_DAYS_MIN && keepDays <= KEEP_DAYS_MAX;
    }
}
