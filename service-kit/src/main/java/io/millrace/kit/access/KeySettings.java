package io.millrace.kit.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a service trusts what it knows about keys.
 *
 * @param fresh how long an answer of the database is used without asking again, "there is no such key" included, unless
 *     the database tells of a change: the longest a revoked key lives on where that cannot be heard; 10 s
 * @param stale how long a known key is still served while PostgreSQL is away; 24 h, because while it is away nobody
 *     can revoke a key either
 * @param retry how long after a failed look-up the next one for the same key waits; 1 s
 * @param lookupTimeout for one look-up; 2 s, then PostgreSQL counts as away
 * @param knownMax keys remembered; 10,000 of about 500 bytes
 * @param unknownMax texts remembered that are no keys; 10,000. Kept apart, so that guessing cannot push out real keys
 */
@ConfigurationProperties("millrace.keys")
record KeySettings(
        @DefaultValue("10s") Duration fresh,
        @DefaultValue("24h") Duration stale,
        @DefaultValue("1s") Duration retry,
        @DefaultValue("2s") Duration lookupTimeout,
        @DefaultValue("10000") int knownMax,
        @DefaultValue("10000") int unknownMax) {

    public KeySettings {
        for (Duration duration : java.util.List.of(fresh, stale, retry, lookupTimeout)) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException("durations under millrace.keys must be at least 1ms");
            }
        }
        if (stale.compareTo(fresh) < 0) {
            throw new IllegalArgumentException("millrace.keys.stale must not be shorter than millrace.keys.fresh");
        }
        if (knownMax < 1 || unknownMax < 1) {
            throw new IllegalArgumentException("counts under millrace.keys must be at least 1");
        }
    }
}
