package io.millrace.retention.expiry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A day that its policy does not keep any longer.
 *
 * @param keptBecause why it is not dropped all the same; null when it can be
 */
public record ExpiredDay(StoredDay day, @Nullable String keptBecause) {
    /** {@return why it is not dropped all the same} */
    public Optional<String> obstacle() {
        return Optional.ofNullable(keptBecause);
    }
}
