package io.millrace.ingestion.quota;

import io.millrace.log.Tenant;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The table {@code quota_leases}: how much of which quota the instances are asked for. Every method is one statement, and
 * repeating it changes nothing. The time is the database's, so the instances' clocks play no part.
 */
final class QuotaLeases {
    private static final double MILLIS = 1e3;

    private final DatabaseClient postgres;

    QuotaLeases(DatabaseClient postgres) {
        this.postgres = postgres;
    }

    /**
     * Tells the others, and asks them.
     *
     * @param claims of this instance
     * @param lease how long it is good for if it is not told again
     * @return what the other instances are asked for of the same tenants' quotas
     */
    Flux<Claim> exchange(UUID instance, List<Claim> claims, Duration lease) {
        return postgres.sql("""
                        WITH told AS (
                            INSERT INTO quota_leases (tenant, instance, events_per_second, bytes_per_second, renewed_at)
                            SELECT tenant, CAST(:instance AS uuid), events, bytes, now()
                            FROM unnest(CAST(:tenants AS text[]), CAST(:events AS float8[]), CAST(:bytes AS float8[]))
                                AS claims (tenant, events, bytes)
                            ON CONFLICT (tenant, instance) DO UPDATE
                            SET events_per_second = excluded.events_per_second,
                                bytes_per_second = excluded.bytes_per_second,
                                renewed_at = excluded.renewed_at
                        )
                        SELECT tenant, events_per_second, bytes_per_second FROM quota_leases
                        WHERE tenant = ANY (CAST(:tenants AS text[])) AND instance != CAST(:instance AS uuid)
                            AND renewed_at > now() - make_interval(secs => :lease_seconds)""")
                .bind("instance", instance)
                .bind(
                        "tenants",
                        claims.stream().map(claim -> claim.tenant().name()).toArray(String[]::new))
                .bind("events", claims.stream().map(Claim::eventsPerSecond).toArray(Double[]::new))
                .bind("bytes", claims.stream().map(Claim::bytesPerSecond).toArray(Double[]::new))
                .bind("lease_seconds", lease.toMillis() / MILLIS)
                .map(QuotaLeases::claim)
                .all();
    }

    /** This instance ends, so that the others need not wait for its leases to run out. */
    Mono<Void> release(UUID instance) {
        return postgres.sql("DELETE FROM quota_leases WHERE instance = :instance")
                .bind("instance", instance)
                .then();
    }

    /** Deletes what instances have left behind that could not do so themselves. */
    Mono<Void> clean(Duration age) {
        return postgres.sql("""
                        DELETE FROM quota_leases WHERE ctid = ANY (ARRAY(
                            SELECT ctid FROM quota_leases
                            WHERE renewed_at < now() - make_interval(secs => :age_seconds)
                            FOR UPDATE SKIP LOCKED))""").bind("age_seconds", age.toMillis() / MILLIS).then();
    }

    private static Claim claim(Readable row) {
        return new Claim(
                new Tenant(Objects.requireNonNull(row.get("tenant", String.class))),
                Objects.requireNonNull(row.get("events_per_second", Double.class)),
                Objects.requireNonNull(row.get("bytes_per_second", Double.class)));
    }
}
