package io.millrace.retention.run;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One going through all that has expired.
 *
 * @param finishedAt null while it runs
 * @param error why it failed or was interrupted
 */
public record Run(
        UUID id,
        Instant startedAt,
        @Nullable Instant finishedAt,
        StartedBy startedBy,
        boolean dryRun,
        Outcome outcome,
        @Nullable String error) {

    /** What made it start. */
    public enum StartedBy {
        SCHEDULE,
        REQUEST;

        /** {@return its name in the API and in PostgreSQL} */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it ended, if it did. */
    public enum Outcome {
        RUNNING,
        SUCCEEDED,
        FAILED,
        /** Its process ended first. */
        INTERRUPTED;

        /** {@return its name in the API and in PostgreSQL} */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Run started(UUID id, Instant at, StartedBy by, boolean dryRun) {
        return new Run(id, at, null, by, dryRun, Outcome.RUNNING, null);
    }

    Run ended(Outcome how, @Nullable String why, Instant at) {
        return new Run(id, startedAt, at, startedBy, dryRun, how, why);
    }

    /** {@return when it ended} */
    public Optional<Instant> finished() {
        return Optional.ofNullable(finishedAt);
    }

    /** {@return why it did not succeed} */
    public Optional<String> failure() {
        return Optional.ofNullable(error);
    }
}
