package io.millrace.kit.access;

import io.millrace.log.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is stored: everything but the key itself.
 *
 * @param prefix the key's first characters, by which people tell keys apart
 * @param origins web origins it is bound to; empty for a key that is kept secret
 * @param expiresAt from when on it is refused; null for never
 * @param revokedAt since when it is refused; null for a key in force
 */
public record ApiKey(
        UUID id,
        Tenant tenant,
        String prefix,
        String label,
        Set<Scope> scopes,
        List<String> origins,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    public ApiKey {
        scopes = Set.copyOf(scopes);
        origins = List.copyOf(origins);
    }

    boolean inForceAt(Instant now) {
        return (revokedAt == null || now.isBefore(revokedAt)) && (expiresAt == null || now.isBefore(expiresAt));
    }

    Caller caller() {
        return new Caller(tenant, scopes, id);
    }
}
