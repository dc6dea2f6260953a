package io.millrace.ingestion.quota;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant may send, over all instances together.
 *
 * @param eventsPerSecond 1 to {@value #EVENTS_PER_SECOND_MAX}; null for as many as come
 * @param bytesPerSecond of bodies as they are sent, 1 to {@value #BYTES_PER_SECOND_MAX}; null for as many as come
 * @param burstSeconds for how long what is not used can be saved up, to be used at once; 1 to {@value #BURST_SECONDS_MAX}
 */
public record Quota(
        @Nullable Long eventsPerSecond, @Nullable Long bytesPerSecond, int burstSeconds) {
    /** A hundred machines' worth. */
    public static final long EVENTS_PER_SECOND_MAX = 1_000_000_000;
    /** The same. */
    public static final long BYTES_PER_SECOND_MAX = 1_000_000_000_000L;
    /** An hour. */
    public static final int BURST_SECONDS_MAX = 3_600;
    /** Long enough for a client that sends every few seconds what it has. */
    public static final int BURST_SECONDS_DEFAULT = 5;

    /** @throws IllegalArgumentException saying what is wrong, in words for the one who asked */
    public Quota {
        if (eventsPerSecond == null && bytesPerSecond == null) {
            throw new IllegalArgumentException("a quota has events_per_second, bytes_per_second, or both");
        }
        require("events_per_second", eventsPerSecond, EVENTS_PER_SECOND_MAX);
        require("bytes_per_second", bytesPerSecond, BYTES_PER_SECOND_MAX);
        require("burst_seconds", (long) burstSeconds, BURST_SECONDS_MAX);
    }

    private static void require(String name, @Nullable Long value, long most) {
        if (value != null && (value < 1 || value > most)) {
            throw new IllegalArgumentException(name + " must lie between 1 and " + most);
        }
    }

    /** {@return how much of it there is a second; null for no limit} */
    @Nullable
    Long perSecond(Resource resource) {
        return switch (resource) {
            case EVENTS -> eventsPerSecond;
            case BYTES -> bytesPerSecond;
        };
    }
}
