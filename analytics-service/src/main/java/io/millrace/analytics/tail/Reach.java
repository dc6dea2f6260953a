package io.millrace.analytics.tail;

/**
 * What a tail holds.
 *
 * @param floor it holds all from there on
 * @param end to there
 * @param lastReceivedMillis LogAppendTime of the last record before the end; 0 when it has seen none
 */
public record Reach(long floor, long end, long lastReceivedMillis) {
    /** Nothing, yet. */
    public static final Reach NONE = new Reach(Long.MAX_VALUE, 0, 0);

    /** {@return whether reading back has got to the floor} */
    public boolean isReadBack() {
        return floor <= end;
    }

    /** {@return whether it holds all there is from an offset on} */
    public boolean holdsFrom(long offset) {
        return floor <= offset && isReadBack();
    }
}
