package io.millrace.analytics.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Stored results that are kept in memory. What they lack the live tail adds at every answer, so age makes none of them
 * wrong; it makes the tail's part longer.
 *
 * @param memoryMax what they may take; 64 MB, about 400,000 points. 0 keeps none
 * @param refreshAfter after which a result that is asked for again is read anew, behind its answer; 5 s, for which the
 *     tail's part costs little
 * @param withoutTailAfter after which a result is read anew before its answer when some partition has no tail that joins
 *     it; 500 ms, because the answer is as old as the result then
 * @param patience how long that reading may take before the kept result is given after all; 1 s
 * @param keepMax after which it is given no more, even while ClickHouse is away; 10 min
 */
@ConfigurationProperties("millrace.history")
public record HistorySettings(
        @DefaultValue("64MB") DataSize memoryMax,
        @DefaultValue("5s") Duration refreshAfter,
        @DefaultValue("500ms") Duration withoutTailAfter,
        @DefaultValue("1s") Duration patience,
        @DefaultValue("10m") Duration keepMax) {
    public HistorySettings {
        if (memoryMax.isNegative()
                || refreshAfter.isNegative()
                || withoutTailAfter.isNegative()
                || patience.toMillis() < 1
                || keepMax.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "limits under millrace.history must not be negative, nor times to wait 0");
        }
    }
}
