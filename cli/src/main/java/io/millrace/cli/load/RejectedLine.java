package io.millrace.cli.load;

import io.millrace.cli.door.Rejection;

/**
 * A line that became no event, and why.
 *
 * @param code the stable word for the reason
 * @param detail the reason in a sentence
 */
record RejectedLine(Line line, String code, String detail) {
    RejectedLine(Line line, Rejection rejection) {
        this(line, rejection.code(), rejection.detail());
    }

    /** For a person: number, code and reason, without the line itself. */
    @Override
    public String toString() {
        return "line " + line.number() + ": " + code + (detail.isEmpty() ? "" : ": " + detail);
    }
}
