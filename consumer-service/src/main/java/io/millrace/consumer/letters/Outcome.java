package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a replay did with one letter.
 *
 * @param to where it is in the log again
 * @param reason why it is no event still
 * @param detail the same for people
 */
record Outcome(
        LogPosition letter,
        Kind kind,
        @Nullable LogPosition to,
        @Nullable String reason,
        @Nullable String detail) {

    enum Kind {
        /** It is in the log again. */
        REPLAYED,
        /** It would be replayed: of a dry run. */
        WOULD_REPLAY,
        /** It would be a dead letter again, and was left alone. */
        REFUSED,
        /** It was replayed before. */
        ALREADY_REPLAYED,
        /** An earlier replay of it was interrupted, and it is not known yet whether it took place. */
        UNDECIDED,
        /** There is no such letter. */
        NOT_FOUND;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Outcome of(LogPosition letter, Kind kind) {
        return new Outcome(letter, kind, null, null, null);
    }

    static Outcome at(LogPosition letter, Kind kind, LogPosition to) {
        return new Outcome(letter, kind, to, null, null);
    }

    static Outcome refused(LogPosition letter, SecondReading.Result.Dead why) {
        return new Outcome(letter, Kind.REFUSED, null, why.reason(), why.detail());
    }
}
