package io.millrace.kit.access;

import io.millrace.log.Tenant;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table {@code tenants}. Every method is one statement, and repeating it changes nothing. */
public final class Tenants {
    /** Tenants that {@link #list} returns at most. */
    public static final int LISTED_MAX = 10_000;

    private final DatabaseClient postgres;

    Tenants(DatabaseClient postgres) {
        this.postgres = postgres;
    }

    /**
     * Makes a tenant.
     *
     * @return the new tenant; empty when there is one of that id already
     * @throws IllegalArgumentException when the name is blank or too long
     */
    public Mono<TenantAccount> create(Tenant tenant, String name) {
        if (name.isBlank() || name.length() > TenantAccount.NAME_CHARACTERS_MAX) {
            throw new IllegalArgumentException("a name has 1 to " + TenantAccount.NAME_CHARACTERS_MAX + " characters");
        }
        return postgres.sql("""
                        INSERT INTO tenants (tenant, name, created_at) VALUES (:tenant, :name, now())
                        ON CONFLICT DO NOTHING RETURNING tenant, name, created_at, disabled_at""")
                .bind("tenant", tenant.name())
                .bind("name", name)
                .map(Tenants::read)
                .one();
    }

    /** {@return the tenant of that id; empty when there is none} */
    public Mono<TenantAccount> find(Tenant tenant) {
        return postgres.sql("SELECT tenant, name, created_at, disabled_at FROM tenants WHERE tenant = :tenant")
                .bind("tenant", tenant.name())
                .map(Tenants::read)
                .one();
    }

    /** {@return the tenants by id, at most {@value #LISTED_MAX}} */
    public Flux<TenantAccount> list() {
        return postgres.sql(
                        "SELECT tenant, name, created_at, disabled_at FROM tenants ORDER BY tenant LIMIT " + LISTED_MAX)
                .map(Tenants::read)
                .all();
    }

    private static TenantAccount read(Readable row) {
        return new TenantAccount(
                new Tenant(Columns.required(row, "tenant", String.class)),
                Columns.required(row, "name", String.class),
                Columns.required(row, "created_at", Instant.class),
                row.get("disabled_at", Instant.class));
    }
}
