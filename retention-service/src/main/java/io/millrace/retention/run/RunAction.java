package io.millrace.retention.run;

import io.millrace.retention.expiry.StoredDay;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, or would do, with one day.
 *
 * @param reason why it was skipped, or what is particular about it
 */
public record RunAction(
        StoredDay day, State state, @Nullable String reason) {

    /** {@return why it was skipped, or what is particular about it} */
    public Optional<String> why() {
        return Optional.ofNullable(reason);
    }

    /** How far it came. */
    public enum State {
        WOULD_DROP,
        DROPPING,
        DROPPED,
        SKIPPED;

        /** {@return its name in the API and in PostgreSQL} */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
