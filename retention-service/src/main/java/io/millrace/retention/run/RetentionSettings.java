package io.millrace.retention.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When and how much is dropped.
 *
 * @param scheduled whether this instance runs on schedule; true. Of several instances one runs at a time and the others
 *     see that it did; where none is scheduled, days are dropped on request only
 * @param interval between runs on schedule; 1 h, so that a day goes soon after it may, at the cost of a few
 *     milliseconds of reading
 * @param lookEvery how often it is looked whether a run is due, one that failed is to be repeated, or one whose process
 *     died left traces; 1 min, because answers may be marked until those are settled
 * @param sealDelay how long after its end a day may still get records; 1 h, as the whole design has it, far above what
 *     brokers' clocks may differ
 * @param daysMax days one run drops at most; 1,000, which bounds a first run over years of data
 * @param runsKept runs remembered; 10,000, which is more than a year of hourly ones
 * @param stopPatience how long a stopping service waits for the day that is being dropped; 15 s, below the 20 s that
 *     its other parts get
 */
@ConfigurationProperties("millrace.retention")
record RetentionSettings(
        @DefaultValue("true") boolean scheduled,
        @DefaultValue("1h") Duration interval,
        @DefaultValue("1m") Duration lookEvery,
        @DefaultValue("1h") Duration sealDelay,
        @DefaultValue("1000") int daysMax,
        @DefaultValue("10000") int runsKept,
        @DefaultValue("15s") Duration stopPatience) {
    public RetentionSettings {
        if (interval.toMillis() < 1 || lookEvery.toMillis() < 1 || stopPatience.toMillis() < 1) {
            throw new IllegalArgumentException("durations under millrace.retention must be at least 1ms");
        }
        if (sealDelay.isNegative()) {
            throw new IllegalArgumentException("millrace.retention.seal-delay must not be negative");
        }
        if (daysMax < 1 || runsKept < 1) {
            throw new IllegalArgumentException("limits under millrace.retention must be at least 1");
        }
    }
}
