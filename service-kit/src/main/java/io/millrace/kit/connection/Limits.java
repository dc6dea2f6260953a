package io.millrace.kit.connection;

import io.millrace.address.ServerUrl;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the settings of this package check about themselves. Messages name the property and never quote a URL. */
final class Limits {
    private Limits() {}

    static ServerUrl url(String property, String form, Set<String> schemes, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw wrong(property, form, "it is not set");
        }
        ServerUrl url;
        try {
            url = ServerUrl.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw wrong(property, form, String.valueOf(e.getMessage()));
        }
        if (!schemes.contains(url.scheme())) {
            throw wrong(property, form, "its scheme must be " + String.join(" or ", schemes));
        }
        if (url.user().isEmpty()) {
            throw wrong(property, form, "it names no user");
        }
        if (url.database().isEmpty() || url.database().contains("/")) {
            throw wrong(property, form, "it names no database");
        }
        return url;
    }

    static IllegalArgumentException wrong(String property, String form, String what) {
        return new IllegalArgumentException(property + " must look like " + form + ": " + what);
    }

    static void positive(String property, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(property + " must be at least 1, not " + value);
        }
    }

    static void positive(String property, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(property + " must be at least 1ms, not " + value);
        }
    }
}
