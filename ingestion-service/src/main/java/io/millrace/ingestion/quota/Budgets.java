package io.millrace.ingestion.quota;

import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The budgets of the tenants that have a quota and send: some hundred bytes each. */
final class Budgets {
    private final ConcurrentMap<Tenant, TenantBudget> all = new ConcurrentHashMap<>();

    /** Of those that a quota was last shared among. */
    private volatile int instances = 1;

    /** {@return the budget of a tenant that has this quota} */
    TenantBudget of(Tenant tenant, Quota quota, long nowNanos) {
        TenantBudget budget = all.get(tenant);
        if (budget == null) {
            budget = all.computeIfAbsent(tenant, _ -> new TenantBudget(quota, instances, nowNanos));
        }
        budget.follow(quota, instances, nowNanos);
        return budget;
    }

    /** {@return the budget of a tenant; empty where nothing was asked for lately} */
    Optional<TenantBudget> find(Tenant tenant) {
        return Optional.ofNullable(all.get(tenant));
    }

    /** {@return what is asked for of the budgets that are in use} */
    List<Claim> claims(Duration idle, long nowNanos) {
        return all.entrySet().stream()
                .filter(entry -> !entry.getValue().isIdle(idle, nowNanos))
                .map(entry -> entry.getValue().claim(entry.getKey(), nowNanos))
                .toList();
    }

    /**
     * The instances know of one another.
     *
     * @param mine what the others were told
     * @param others what they are asked for
     */
    void agree(List<Claim> mine, Map<Tenant, Collection<Claim>> others, long nowNanos) {
        instances =
                1 + others.values().stream().mapToInt(Collection::size).max().orElse(0);
        for (Claim claim : mine) {
            Collection<Claim> same = others.getOrDefault(claim.tenant(), List.of());
            find(claim.tenant()).ifPresent(budget -> budget.agree(claim, same, nowNanos));
        }
    }

    /** Others take the shares of those who were idle; of whom nothing need be remembered, nothing is. */
    void settle(Duration idle, long nowNanos) {
        all.values().removeIf(budget -> {
            if (!budget.isIdle(idle, nowNanos)) {
                return false;
            }
            budget.lapse();
            return budget.isFull(nowNanos);
        });
    }

    /** {@return how many tenants have a share that the instances agreed on, or one that is a guess} */
    long count(boolean agreed) {
        return all.values().stream()
                .filter(budget -> budget.isAgreed() == agreed)
                .count();
    }
}
