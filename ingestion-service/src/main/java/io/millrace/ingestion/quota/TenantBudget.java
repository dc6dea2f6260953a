package io.millrace.ingestion.quota;

import io.millrace.kit.http.RateLimit;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one tenant may still send here. For many threads; each call takes well under a microsecond. */
final class TenantBudget {
    private final Map<Resource, Allowance> allowances = new EnumMap<>(Resource.class);
    private Quota quota;
    private boolean agreed;
    private long askedNanos;
    private @Nullable Long saidNanos;

    /**
     * One that is saved up in full.
     *
     * @param instances among which the quota is shared, as far as is known, until they agree
     */
    TenantBudget(Quota quota, int instances, long nowNanos) {
        this.quota = quota;
        this.askedNanos = nowNanos;
        adopt(quota, instances, nowNanos);
    }

    /** The quota may have changed. */
    synchronized void follow(Quota present, int instances, long nowNanos) {
        if (!present.equals(quota)) {
            adopt(present, instances, nowNanos);
        }
    }

    private void adopt(Quota present, int instances, long nowNanos) {
        for (Resource resource : Resource.values()) {
            Long perSecond = present.perSecond(resource);
            Allowance allowance = allowances.get(resource);
            if (perSecond == null) {
                allowances.remove(resource);
            } else if (allowance == null) {
                double share = (double) perSecond / instances;
                allowances.put(resource, new Allowance(perSecond, present.burstSeconds(), share, nowNanos));
                agreed = false;
            } else {
                allowance.quota(perSecond, present.burstSeconds(), nowNanos);
            }
        }
        quota = present;
    }

    /** {@return why nothing can be had now; empty when something can} */
    synchronized Optional<Refusal> ask(long nowNanos) {
        askedNanos = nowNanos;
        if (!agreed) {
            allowances.values().forEach(allowance -> allowance.expect(nowNanos));
        }
        return allowances.keySet().stream()
                .flatMap(resource -> refusal(resource, nowNanos).stream())
                .max(Comparator.comparing(Refusal::untilOpen));
    }

    /** Takes so much of one resource, even if there is less; of a resource without a quota, any amount. */
    synchronized Optional<Refusal> take(Resource resource, int amount, long nowNanos) {
        Optional<Refusal> refusal = refusal(resource, nowNanos);
        Allowance allowance = allowances.get(resource);
        if (refusal.isEmpty() && allowance != null) {
            allowance.take(amount, nowNanos);
        }
        return refusal;
    }

    private Optional<Refusal> refusal(Resource resource, long nowNanos) {
        Allowance allowance = allowances.get(resource);
        if (allowance == null || allowance.isOpen(nowNanos)) {
            return Optional.empty();
        }
        allowance.refuse(nowNanos);
        return Optional.of(new Refusal(resource, (long) allowance.quota(), allowance.untilOpen(nowNanos)));
    }

    /** Whether it is time to say again that the tenant is refused. */
    synchronized boolean isWorthSaying(Duration interval, long nowNanos) {
        boolean worth = saidNanos == null || nowNanos - saidNanos > interval.toNanos();
        if (worth) {
            saidNanos = nowNanos;
        }
        return worth;
    }

    /** {@return the state of the resource that there is least of} */
    synchronized RateLimit limit(long nowNanos) {
        return allowances.entrySet().stream()
                .min(Comparator.comparingDouble(entry -> entry.getValue().fill(nowNanos)))
                .map(entry -> entry.getValue().limit(entry.getKey(), nowNanos))
                .orElseThrow();
    }

    /** Whether the share is what the instances have agreed on, and not a guess. */
    synchronized boolean isAgreed() {
        return agreed;
    }

    /** {@return what the other instances are to be told} */
    synchronized Claim claim(Tenant tenant, long nowNanos) {
        return new Claim(tenant, demand(Resource.EVENTS, nowNanos), demand(Resource.BYTES, nowNanos));
    }

    private double demand(Resource resource, long nowNanos) {
        Allowance allowance = allowances.get(resource);
        return allowance == null ? 0 : allowance.demand(nowNanos);
    }

    /** The others were told of {@code mine} and this is what they are asked for. */
    synchronized void agree(Claim mine, Collection<Claim> others, long nowNanos) {
        allowances.forEach((resource, allowance) -> {
            double[] asked = others.stream()
                    .mapToDouble(other -> other.perSecond(resource))
                    .toArray();
            allowance.share(Shares.of(allowance.quota(), mine.perSecond(resource), asked), nowNanos);
        });
        agreed = true;
    }

    /** The others are not told any more, and take this instance's share. */
    synchronized void lapse() {
        agreed = false;
    }

    synchronized boolean isIdle(Duration since, long nowNanos) {
        return nowNanos - askedNanos > since.toNanos();
    }

    /** Whether a new one would be the same. */
    synchronized boolean isFull(long nowNanos) {
        return allowances.values().stream().allMatch(allowance -> allowance.isFull(nowNanos));
    }
}
