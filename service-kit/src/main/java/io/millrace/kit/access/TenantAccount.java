package io.millrace.kit.access;

import io.millrace.log.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is stored.
 *
 * @param name for people, up to {@value #NAME_CHARACTERS_MAX} characters
 * @param disabledAt since when its keys are refused; null for a tenant in force
 */
public record TenantAccount(
        Tenant tenant,
        String name,
        Instant createdAt,
        @Nullable Instant disabledAt) {
    /** Characters of a name. */
    public static final int NAME_CHARACTERS_MAX = 256;
}
