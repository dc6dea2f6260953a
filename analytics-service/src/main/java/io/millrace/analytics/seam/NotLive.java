package io.millrace.analytics.seam;

import java.util.Locale;

/** Why a partition's part of an answer comes from stored data alone, or is late; in the API by its name in lower case. */
public enum NotLive {
    /** No instance holds its tail: one stopped, and no other has taken over yet. */
    PARTITION_MISSING,
    /** Its tail is being read back. */
    TAIL_REBUILDING,
    /** Its tail has not got to where the log ended a moment ago. */
    TAIL_BEHIND,
    /**
     * Its tail begins behind what the stored result has: the result is an old one that was kept, or events had to be
     * dropped for lack of memory.
     */
    TAIL_SHORT,
    /** Tails do not know what is asked for: they are broken down by event type alone. */
    STORED_ONLY;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
