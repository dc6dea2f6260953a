package io.millrace.ingestion.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How quotas are known and shared.
 *
 * @param defaultEventsPerSecond of a tenant without a quota of its own, over all instances; none unless it is set
 * @param defaultBytesPerSecond the same in bytes; none unless it is set
 * @param defaultBurstSeconds the same; 5
 * @param exchange how often an instance tells the others how much it is asked for, and shares are made anew; 1 s, which
 *     costs each instance one statement a second, and only while tenants with a quota send
 * @param lease how long an instance that tells nothing keeps its share; 5 s, so that a pause of some seconds does not hand
 *     it to others. So long, too, what a dead one had is missing
 * @param fresh how often all quotas are read even if nothing is heard of a change: the longest a change takes where
 *     PostgreSQL cannot be heard; 10 s, as for keys
 * @param readTimeout for reading them all; 5 s, then PostgreSQL counts as away and the quotas stay as they are
 */
@ConfigurationProperties("millrace.ingestion.quotas")
record QuotaSettings(
        @Nullable Long defaultEventsPerSecond,
        @Nullable Long defaultBytesPerSecond,
        @DefaultValue("5") int defaultBurstSeconds,
        @DefaultValue("1s") Duration exchange,
        @DefaultValue("5s") Duration lease,
        @DefaultValue("10s") Duration fresh,
        @DefaultValue("5s") Duration readTimeout) {

    public QuotaSettings {
        if (Math.min(exchange.toMillis(), Math.min(fresh.toMillis(), readTimeout.toMillis())) < 1) {
            throw new IllegalArgumentException("durations under millrace.ingestion.quotas must be at least 1ms");
        }
        if (lease.compareTo(exchange.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "millrace.ingestion.quotas.lease must be at least twice millrace.ingestion.quotas.exchange");
        }
        try {
            of(defaultEventsPerSecond, defaultBytesPerSecond, defaultBurstSeconds);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("millrace.ingestion.quotas.default: " + e.getMessage(), e);
        }
    }

    /** {@return the quota of a tenant without one of its own; null for none} */
    @Nullable
    Quota defaultQuota() {
        return of(defaultEventsPerSecond, defaultBytesPerSecond, defaultBurstSeconds);
    }

    private static @Nullable Quota of(@Nullable Long events, @Nullable Long bytes, int burstSeconds) {
        return events == null && bytes == null ? null : new Quota(events, bytes, burstSeconds);
    }
}
