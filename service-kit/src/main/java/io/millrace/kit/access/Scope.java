package io.millrace.kit.access;

import java.util.Locale;
import java.util.Optional;

/** What a key is good for. */
public enum Scope {
    /** Sending events. */
    INGEST,
    /** Asking questions. */
    QUERY,
    /** Managing the tenant's own data: lifecycle, dead letters. Making keys takes the admin token instead. */
    ADMIN;

    /** {@return the scope's name in the database and in the API} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the scope of that name} */
    public static Optional<Scope> of(String text) {
        for (Scope scope : values()) {
            if (scope.text().equals(text)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    char initial() {
        return text().charAt(0);
    }
}
