package io.millrace.ingestion.quota;

import io.millrace.log.Tenant;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The table {@code tenant_quotas}. Every method is one statement, and repeating it changes nothing. */
public final class TenantQuotas {
    private static final Logger LOG = LoggerFactory.getLogger(TenantQuotas.class);

    /** Quotas that there can be. */
    static final int ALL_MAX = 100_000;

    private static final String COLUMNS = "events_per_second, bytes_per_second, burst_seconds";

    private final DatabaseClient postgres;
    private final DatabaseClient unpooled;

    /**
     * The table.
     *
     * @param unpooled connects for every question
     */
    TenantQuotas(DatabaseClient postgres, DatabaseClient unpooled) {
        this.postgres = postgres;
        this.unpooled = unpooled;
    }

    /** Gives a tenant a quota, in place of the one it had. {@return the quota; empty when there is no such tenant} */
    public Mono<Quota> put(Tenant tenant, Quota quota) {
        return postgres.sql("""
                        INSERT INTO tenant_quotas (tenant, %s)
                        SELECT tenant, :events, :bytes, :burst FROM tenants WHERE tenant = :tenant
                        ON CONFLICT (tenant) DO UPDATE
                        SET events_per_second = excluded.events_per_second,
                            bytes_per_second = excluded.bytes_per_second,
                            burst_seconds = excluded.burst_seconds,
                            updated_at = now()
                        RETURNING %s""".formatted(COLUMNS, COLUMNS))
                .bind("events", nullable(quota.eventsPerSecond()))
                .bind("bytes", nullable(quota.bytesPerSecond()))
                .bind("burst", quota.burstSeconds())
                .bind("tenant", tenant.name())
                .map(TenantQuotas::quota)
                .one();
    }

    /** {@return the tenant's quota; empty when it has none of its own} */
    public Mono<Quota> find(Tenant tenant) {
        return postgres.sql("SELECT %s FROM tenant_quotas WHERE tenant = :tenant".formatted(COLUMNS))
                .bind("tenant", tenant.name())
                .map(TenantQuotas::quota)
                .one();
    }

    /** Takes a tenant's quota away, if it has one. */
    public Mono<Void> delete(Tenant tenant) {
        return postgres.sql("DELETE FROM tenant_quotas WHERE tenant = :tenant")
                .bind("tenant", tenant.name())
                .then();
    }

    /** {@return all quotas, at most {@value #ALL_MAX}} */
    Mono<Map<Tenant, Quota>> all() {
        return unpooled.sql("SELECT tenant, %s FROM tenant_quotas ORDER BY tenant LIMIT %d".formatted(COLUMNS, ALL_MAX))
                .map(row -> Map.entry(new Tenant(text(row)), quota(row)))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .doOnNext(all -> {
                    if (all.size() == ALL_MAX) {
                        LOG.warn("there are {} quotas or more, and no more are kept", ALL_MAX);
                    }
                })
                .map(Map::copyOf);
    }

    private static Parameter nullable(@Nullable Long value) {
        return value == null ? Parameters.in(Long.class) : Parameters.in(value);
    }

    private static String text(Readable row) {
        return Objects.requireNonNull(row.get("tenant", String.class));
    }

    private static Quota quota(Readable row) {
        return new Quota(
                row.get("events_per_second", Long.class),
                row.get("bytes_per_second", Long.class),
                Objects.requireNonNull(row.get("burst_seconds", Integer.class)));
    }
}
