package io.millrace.kit.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a new key is to be.
 *
 * @param label for people, up to 128 characters
 * @param scopes at least one
 * @param origins web origins ({@code https://shop.example}) that a public write key is bound to, up to 32; such a key
 *     can have the scope {@code ingest} only
 * @param expiresAt from when on it is refused; null for never
 */
public record KeyRequest(
        String label,
        Set<Scope> scopes,
        List<String> origins,
        @Nullable Instant expiresAt) {
    static final int LABEL_CHARACTERS_MAX = 128;
    static final int ORIGINS_MAX = 32;
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]{1,253}(:\\d{1,5})?");

    /** @throws IllegalArgumentException saying what is wrong, in words for the one who asked */
    public KeyRequest {
        if (label.length() > LABEL_CHARACTERS_MAX) {
            throw new IllegalArgumentException("label is longer than " + LABEL_CHARACTERS_MAX + " characters");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a key needs at least one scope");
        }
        if (origins.size() > ORIGINS_MAX) {
            throw new IllegalArgumentException("more than " + ORIGINS_MAX + " origins");
        }
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("an origin is scheme, host and port: https://shop.example");
            }
        }
        if (!origins.isEmpty() && !scopes.equals(Set.of(Scope.INGEST))) {
            throw new IllegalArgumentException("a key bound to origins can have the scope ingest only");
        }
        scopes = Set.copyOf(scopes);
        origins = List.copyOf(origins);
    }
}
