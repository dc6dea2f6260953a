package io.millrace.cli.door;

/**
 * An event that the door did not take, and why.
 *
 * @param index the event's place in its batch, from 0
 * @param code the door's stable word for the reason
 * @param detail the reason in a sentence
 */
public record Rejection(int index, String code, String detail) {
    public Rejection {
        if (index < 0) {
            throw new IllegalArgumentException("an index is not negative: " + index);
        }
    }

    Rejection movedBy(int events) {
        return new Rejection(index + events, code, detail);
    }
}
