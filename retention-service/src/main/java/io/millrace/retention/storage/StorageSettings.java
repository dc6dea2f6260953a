package io.millrace.retention.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long ClickHouse may take.
 *
 * @param readTimeout for reading what is stored; 30 s, far above the milliseconds that parts and projections take
 * @param changeTimeout for accounting for a day and for dropping it; 10 min, as the rows of a day are counted once
 *     before they go, and 10 billion take minutes
 */
@ConfigurationProperties("millrace.retention.storage")
public record StorageSettings(
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("10m") Duration changeTimeout) {
    public StorageSettings {
        if (readTimeout.toMillis() < 1_000 || changeTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("timeouts under millrace.retention.storage must be at least 1s");
        }
    }
}
