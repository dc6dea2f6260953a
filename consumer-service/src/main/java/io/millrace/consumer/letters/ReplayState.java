package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.time.Instant;

/** How far a letter's replay has come. */
sealed interface ReplayState {
    /** It was never replayed. */
    record Open() implements ReplayState {}

    /** It was begun, and is under way or was interrupted: the next replay of anything finds out. */
    record Claimed(Instant at) implements ReplayState {}

    /**
     * It is in the log again, and never will be a second time.
     *
     * @param to where
     */
    record Replayed(LogPosition to, Instant at) implements ReplayState {}
}
