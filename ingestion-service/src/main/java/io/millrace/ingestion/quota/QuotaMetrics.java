package io.millrace.ingestion.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.millrace.kit.metrics.Meters;
import java.util.EnumMap;
import java.util.Map;

/**
 * Refusals and shares, over all tenants: there may be a hundred thousand of those, which is too many for a tag. Who is
 * refused stands in the log.
 */
final class QuotaMetrics {
    private static final String TENANTS = "tenants";

    private final Map<Resource, Counter> refused = new EnumMap<>(Resource.class);

    QuotaMetrics(Meters meters, Budgets budgets, QuotaExchange exchange) {
        for (Resource resource : Resource.values()) {
            refused.put(
                    resource,
                    meters.counter(
                            "millrace.ingestion.quota.refused",
                            "Requests answered with 429 because their tenant's quota was used up, by what it is of",
                            Tags.of("resource", resource.text())));
        }
        meters.gauge(
                "millrace.ingestion.quota.shares.agreed",
                "Tenants with a quota of which this instance has the share that the instances agreed on",
                TENANTS,
                () -> budgets.count(true));
        meters.gauge(
                "millrace.ingestion.quota.shares.guessed",
                "Tenants with a quota of which this instance takes a share that nobody has agreed on yet",
                TENANTS,
                () -> budgets.count(false));
        meters.gauge(
                "millrace.ingestion.quota.shares.age",
                "Time since the instances agreed; it grows while PostgreSQL is away and shares stay what they are",
                "seconds",
                exchange::ageSeconds);
    }

    void refused(Resource resource) {
        Counter counter = refused.get(resource);
        if (counter != null) {
            counter.increment();
        }
    }
}
