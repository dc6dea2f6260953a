package io.millrace.cli.door;

/**
 * How large one request may become.
 *
 * @param eventsMax events in one request; the door takes {@value #DOOR_EVENTS_MAX}
 * @param bytesMax bytes of one request's body, line feeds included; the door takes {@value #DOOR_BYTES_MAX}
 */
public record BatchLimits(int eventsMax, int bytesMax) {
    public static final int DOOR_EVENTS_MAX = 10_000;
    public static final int DOOR_BYTES_MAX = 4 * 1024 * 1024;

    /** Large enough that a request's own cost is spread thin, small enough that progress is seen to move. */
    public static final BatchLimits DEFAULT = new BatchLimits(2_000, 1024 * 1024);

    public BatchLimits {
        if (eventsMax < 1 || eventsMax > DOOR_EVENTS_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + DOOR_EVENTS_MAX + " events, not " + eventsMax);
        }
        if (bytesMax < 1 || bytesMax > DOOR_BYTES_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + DOOR_BYTES_MAX + " bytes, not " + bytesMax);
        }
    }
}
