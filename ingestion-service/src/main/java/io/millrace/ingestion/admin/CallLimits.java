package io.millrace.ingestion.admin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The calls of each address, tier by tier. Each tier remembers so many addresses, so that those who try tokens cannot push
 * out who has one.
 */
final class CallLimits {
    private static final int ADDRESSES_MAX = 10_000;

    private final Map<Tier, LoadingCache<ClientAddress, SlidingWindow>> windows = new EnumMap<>(Tier.class);
    private final TierSettings settings;

    CallLimits(TierSettings settings) {
        this.settings = settings;
        for (Tier tier : Tier.values()) {
            windows.put(
                    tier,
                    Caffeine.newBuilder()
                            .maximumSize(ADDRESSES_MAX)
                            .expireAfterAccess(SlidingWindow.LENGTH)
                            .build(_ -> new SlidingWindow(settings.of(tier))));
        }
    }

    int callsMax(Tier tier) {
        return settings.of(tier);
    }

    SlidingWindow window(Tier tier, ClientAddress address) {
        return Objects.requireNonNull(windows.get(tier)).get(address);
    }
}
