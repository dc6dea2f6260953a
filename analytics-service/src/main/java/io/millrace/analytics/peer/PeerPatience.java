package io.millrace.analytics.peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * How long other instances are waited for. One that did not answer in time is waited for a tenth of that, so that it holds up
 * every question a little and not much; and in full again once in that time, to see whether it does answer. For several
 * threads.
 */
final class PeerPatience {
    private static final int PART = 10;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final Duration full;
    private final Ticker nanos;

    /** When a silent one is waited for in full the next time. */
    private final Cache<String, Long> silent;

    PeerPatience(Duration full, Ticker nanos) {
        this.full = full;
        this.nanos = nanos;
        this.silent = Caffeine.newBuilder()
                .expireAfterWrite(FORGOTTEN_AFTER)
                .ticker(nanos)
                .build();
    }

    /** {@return how long to wait for the next answer} */
    Duration with(String address) {
        Long fullAt = silent.getIfPresent(address);
        if (fullAt == null) {
            return full;
        }
        long now = nanos.read();
        // Whoever changes it first is the one that waits.
        return now - fullAt >= 0 && silent.asMap().replace(address, fullAt, now + full.toNanos())
                ? full
                : full.dividedBy(PART);
    }

    /** It answered in time. */
    void answered(String address) {
        silent.invalidate(address);
    }

    /** It did not. */
    void silent(String address) {
        silent.asMap().putIfAbsent(address, nanos.read() + full.toNanos());
    }
}
