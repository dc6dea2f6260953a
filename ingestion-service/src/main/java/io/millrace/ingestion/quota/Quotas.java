package io.millrace.ingestion.quota;

import io.millrace.kit.http.RateLimit;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds tenants to their quotas. Asked of each request three times: before its body is read, which keeps those that send far
 * too much from taking the others' time; when the body is there; and when its events are known. Nothing here waits.
 *
 * <p>Whoever finds anything left gets all it needs, and what is more than there was is missing to those who come next. So
 * many requests at once exceed a quota by one of them at most, and a quota holds over time whatever the requests' sizes.
 */
public final class Quotas {
    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
    private static final Duration SAID_AGAIN = Duration.ofMinutes(1);

    private final KnownQuotas known;
    private final Budgets budgets;
    private final QuotaExchange exchange;
    private final QuotaMetrics metrics;

    Quotas(KnownQuotas known, Budgets budgets, QuotaExchange exchange, QuotaMetrics metrics) {
        this.known = known;
        this.budgets = budgets;
        this.exchange = exchange;
        this.metrics = metrics;
    }

    /**
     * Whether a tenant's request may go on, as far as can be said before its body is here.
     *
     * @throws io.millrace.kit.problem.ProblemException 429 {@code quota_exceeded}
     */
    public void admit(Tenant tenant) {
        long now = System.nanoTime();
        TenantBudget budget = budget(tenant, now);
        if (budget != null) {
            require(tenant, budget, budget.ask(now), now);
        }
    }

    /**
     * Counts a body.
     *
     * @param bytes as it was sent
     * @throws io.millrace.kit.problem.ProblemException 429 {@code quota_exceeded}; then nothing is counted
     */
    public void takeBody(Tenant tenant, int bytes) {
        long now = System.nanoTime();
        TenantBudget budget = budget(tenant, now);
        if (budget != null) {
            require(tenant, budget, budget.ask(now).or(() -> budget.take(Resource.BYTES, bytes, now)), now);
        }
    }

    /**
     * Counts events that are about to be accepted.
     *
     * @throws io.millrace.kit.problem.ProblemException 429 {@code quota_exceeded}; then nothing is counted
     */
    public void takeEvents(Tenant tenant, int events) {
        long now = System.nanoTime();
        TenantBudget budget = budget(tenant, now);
        if (budget != null) {
            require(tenant, budget, budget.take(Resource.EVENTS, events, now), now);
        }
    }

    /** Whether nobody has a quota. */
    boolean areNone() {
        return known.isEmpty();
    }

    /** {@return what the tenant is told about its quota; empty where it has none} */
    Optional<RateLimit> limit(Tenant tenant) {
        long now = System.nanoTime();
        return Optional.ofNullable(budget(tenant, now)).map(budget -> budget.limit(now));
    }

    private @Nullable TenantBudget budget(Tenant tenant, long now) {
        Quota quota = known.of(tenant);
        if (quota == null) {
            return null;
        }
        TenantBudget budget = budgets.of(tenant, quota, now);
        if (!budget.isAgreed()) {
            exchange.soon();
        }
        return budget;
    }

    private void require(Tenant tenant, TenantBudget budget, Optional<Refusal> refused, long now) {
        if (refused.isEmpty()) {
            return;
        }
        Refusal refusal = refused.get();
        metrics.refused(refusal.resource());
        if (budget.isWorthSaying(SAID_AGAIN, now)) {
            LOG.info(
                    "tenant {} is refused, its quota is {} {} a second",
                    tenant,
                    refusal.perSecond(),
                    refusal.resource().text());
        }
        throw QuotaProblems.exceeded(refusal).toException();
    }
}
