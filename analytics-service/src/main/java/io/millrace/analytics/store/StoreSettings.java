package io.millrace.analytics.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one question may cost ClickHouse, and its result this service.
 *
 * @param executionMax how long its SELECT may run; 10 s, a thousand times what a dashboard's question takes, so that
 *     only what would hurt all others is cut off
 * @param memoryMax what its SELECT may hold in the server; 1 GB, an eighth of a small server
 * @param usersMax what the sets of users of one answer may take here; 32 MB, which are 128 of the largest sets
 * @param silenceMax how long the server may say nothing beyond {@code executionMax} before it counts as away; 5 s
 * @param attempts how often a question is asked while stored days are being replaced under it; 4
 * @param pause between two of these; 50 ms, which is about what dropping a day takes
 * @param stateInterval how often ClickHouse is asked how far everything is stored and whether days were replaced; 250 ms,
 *     which costs it about 2 % of a core, and for which an answer may still count what has just been dropped
 */
@ConfigurationProperties("millrace.store")
public record StoreSettings(
        @DefaultValue("10s") Duration executionMax,
        @DefaultValue("1GB") DataSize memoryMax,
        @DefaultValue("32MB") DataSize usersMax,
        @DefaultValue("5s") Duration silenceMax,
        @DefaultValue("4") int attempts,
        @DefaultValue("50ms") Duration pause,
        @DefaultValue("250ms") Duration stateInterval) {
    public StoreSettings {
        if (executionMax.toMillis() < 1
                || silenceMax.toMillis() < 1
                || pause.isNegative()
                || stateInterval.toMillis() < 1) {
            throw new IllegalArgumentException("durations under millrace.store must be at least 1ms");
        }
        if (memoryMax.toBytes() < 1 || usersMax.toBytes() < 1 || attempts < 1) {
            throw new IllegalArgumentException("limits under millrace.store must be positive");
        }
    }
}
