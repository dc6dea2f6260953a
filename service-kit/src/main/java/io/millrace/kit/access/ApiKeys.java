package io.millrace.kit.access;

import io.millrace.log.Tenant;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The table {@code api_keys}. Every method is one statement; repeating {@link #create} or {@link #rotate} makes a
 * further key, repeating the others changes nothing.
 */
public final class ApiKeys {
    /** Keys that {@link #list} returns at most. */
    public static final int LISTED_MAX = 1_000;

    private static final String COLUMNS =
            "id, tenant, key_prefix, label, scopes, origins, created_at, expires_at, revoked_at";

    private final DatabaseClient postgres;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(DatabaseClient postgres) {
        this.postgres = postgres;
    }

    /** {@return the new key with its text; empty when there is no such tenant, or it is disabled} */
    public Mono<IssuedKey> create(Tenant tenant, KeyRequest request) {
        String text = KeyText.made(random, request.scopes());
        return postgres.sql("""
                        INSERT INTO api_keys (id, tenant, key_hash, key_prefix, label, scopes, origins, created_at, expires_at)
                        SELECT :id, tenant, :hash, :prefix, :label, :scopes, :origins, now(), :expires_at
                        FROM tenants WHERE tenant = :tenant AND disabled_at IS NULL
                        RETURNING %s""".formatted(COLUMNS))
                .bind("id", UUID.randomUUID())
                .bind("hash", KeyText.hash(text))
                .bind("prefix", KeyText.prefix(text))
                .bind("label", request.label())
                .bind(
                        "scopes",
                        request.scopes().stream().map(Scope::text).sorted().toArray(String[]::new))
                .bind("origins", request.origins().toArray(String[]::new))
                .bind("expires_at", nullable(request.expiresAt()))
                .bind("tenant", tenant.name())
                .map(ApiKeys::read)
                .one()
                .map(key -> new IssuedKey(text, key));
    }

    /** {@return the tenant's keys, newest first, at most {@value #LISTED_MAX}} */
    public Flux<ApiKey> list(Tenant tenant) {
        return postgres.sql("""
                        SELECT %s FROM api_keys WHERE tenant = :tenant
                        ORDER BY created_at DESC, id LIMIT %d""".formatted(COLUMNS, LISTED_MAX))
                .bind("tenant", tenant.name())
                .map(ApiKeys::read)
                .all();
    }

    /**
     * Revokes a key. Services that know it from before refuse it at once, and those that cannot hear of it after {@code
     * millrace.keys.fresh} at the latest.
     *
     * @return the key, with the time of its first revocation; empty when there is none
     */
    public Mono<ApiKey> revoke(UUID id) {
        return postgres.sql("""
                        UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = :id
                        RETURNING %s""".formatted(COLUMNS))
                .bind("id", id)
                .map(ApiKeys::read)
                .one();
    }

    /**
     * Makes a key with all that another one has, which is then in force for a while yet. Its new end is never later than
     * the one it had.
     *
     * @param grace how long the old one goes on being good
     * @return the new key with its text; empty when the old one is not in force, or its tenant is disabled
     */
    public Mono<IssuedKey> rotate(ApiKey old, Duration grace) {
        String text = KeyText.made(random, old.scopes());
        return rotate(old.id(), text, grace).map(key -> new IssuedKey(text, key));
    }

    private Mono<ApiKey> rotate(UUID id, String text, Duration grace) {
        return postgres.sql("""
                        WITH old AS (
                            UPDATE api_keys k
                            SET expires_at = least(k.expires_at, now() + make_interval(secs => :grace_seconds))
                            FROM (SELECT id, expires_at FROM api_keys WHERE id = :id FOR UPDATE) before, tenants t
                            WHERE k.id = before.id AND t.tenant = k.tenant AND t.disabled_at IS NULL
                                AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
                            RETURNING k.tenant, k.label, k.scopes, k.origins, before.expires_at
                        )
                        INSERT INTO api_keys (id, tenant, key_hash, key_prefix, label, scopes, origins, created_at, expires_at)
                        SELECT :new_id, tenant, :hash, :prefix, label, scopes, origins, now(), expires_at FROM old
                        RETURNING %s""".formatted(COLUMNS))
                .bind("id", id)
                .bind("grace_seconds", (double) grace.toSeconds())
                .bind("new_id", UUID.randomUUID())
                .bind("hash", KeyText.hash(text))
                .bind("prefix", KeyText.prefix(text))
                .map(ApiKeys::read)
                .one();
    }

    /** {@return the key of that id, in force or not; empty when there is none} */
    public Mono<ApiKey> find(UUID id) {
        return postgres.sql("SELECT %s FROM api_keys WHERE id = :id".formatted(COLUMNS))
                .bind("id", id)
                .map(ApiKeys::read)
                .one();
    }

    /** {@return the key of that hash, in force or not; none when there is none or its tenant is disabled} */
    Mono<Optional<ApiKey>> find(byte[] hash) {
        return postgres.sql("""
                        SELECT %s FROM api_keys WHERE key_hash = :hash
                        AND EXISTS (SELECT 1 FROM tenants t WHERE t.tenant = api_keys.tenant AND t.disabled_at IS NULL)""".formatted(COLUMNS))
                .bind("hash", hash)
                .map(ApiKeys::read)
                .one()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    private static Parameter nullable(@Nullable Instant instant) {
        return instant == null ? Parameters.in(Instant.class) : Parameters.in(instant);
    }

    private static ApiKey read(Readable row) {
        return new ApiKey(
                Columns.required(row, "id", UUID.class),
                new Tenant(Columns.required(row, "tenant", String.class)),
                Columns.required(row, "key_prefix", String.class),
                Columns.required(row, "label", String.class),
                // A scope of a newer version is none that this version could grant.
                Stream.of(Columns.required(row, "scopes", String[].class))
                        .flatMap(text -> Scope.of(text).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                List.of(Columns.required(row, "origins", String[].class)),
                Columns.required(row, "created_at", Instant.class),
                row.get("expires_at", Instant.class),
                row.get("revoked_at", Instant.class));
    }
}
