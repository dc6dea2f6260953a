package io.millrace.cli.door;

import java.time.Duration;

/** What one answer of the door means for the batch. */
sealed interface Verdict {
    /** The door has judged every event. */
    record Settled(Reply reply) implements Verdict {}

    /** Not now: the door, or something before it, cannot take the batch at the moment. */
    record Later(String reason, Duration asked) implements Verdict {}

    /** The request as a whole is larger than this door takes. */
    record TooLarge(String reason) implements Verdict {}

    /** The key is unknown here, or may not send events. */
    record Denied(String reason) implements Verdict {}

    /** Never: no try of this batch can succeed. */
    record Never(String reason) implements Verdict {}
}
