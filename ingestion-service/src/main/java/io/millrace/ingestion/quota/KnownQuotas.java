package io.millrace.ingestion.quota;

import io.millrace.kit.connection.PostgresCopy;
import io.millrace.log.Tenant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The quotas of all tenants, in memory. Before they have been read once, only the default is known. */
final class KnownQuotas {
    private final PostgresCopy<Map<Tenant, Quota>> table;
    private final @Nullable Quota byDefault;

    /**
     * What is known.
     *
     * @param byDefault of a tenant that has none of its own; null for none
     */
    KnownQuotas(PostgresCopy<Map<Tenant, Quota>> table, @Nullable Quota byDefault) {
        this.table = table;
        this.byDefault = byDefault;
    }

    /** Whether nobody has a quota. */
    boolean isEmpty() {
        return byDefault == null && table.latestOr(Map.of()).isEmpty();
    }

    /** {@return the tenant's quota; null for none} */
    @Nullable
    Quota of(Tenant tenant) {
        Quota own = table.latestOr(Map.of()).get(tenant);
        return own == null ? byDefault : own;
    }
}
