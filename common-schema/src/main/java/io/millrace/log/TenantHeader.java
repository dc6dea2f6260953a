package io.millrace.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of tenants. The records of a log name the same few again and again, so those read last are kept, each
 * at the place that its bytes give: names come from outside, and there may be any number of them.
 */
final class TenantHeader {
    private static final int PLACES = 256;

    private final @Nullable Known[] known = new Known[PLACES];

    /** Valid ones only: the others may be long. */
    private static final class Known {
        private final byte[] name;
        private final Optional<Tenant> tenant;

        Known(byte[] name, Tenant tenant) {
            this.name = name;
            this.tenant = Optional.of(tenant);
        }
    }

    /** The tenant that these bytes name, if they name one. */
    Optional<Tenant> read(byte[] name) {
        int place = Arrays.hashCode(name) & (PLACES - 1);
        Known last = known[place];
        if (last != null && Arrays.equals(last.name, name)) {
            return last.tenant;
        }
        String text = new String(name, StandardCharsets.UTF_8);
        if (!Tenant.isValid(text)) {
            return Optional.empty();
        }
        Known now = new Known(name, new Tenant(text));
        known[place] = now;
        return now.tenant;
    }
}
