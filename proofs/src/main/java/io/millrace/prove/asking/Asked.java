package io.millrace.prove.asking;

import java.time.Instant;

/**
 * A question and what came of it.
 *
 * @param question which of the book's
 * @param instance that was asked
 * @param began when it was asked
 * @param ended when the answer was there
 * @param status of HTTP; {@value #NO_ANSWER} when there was no answer
 * @param body as it came, or why nothing came
 */
public record Asked(int question, int instance, Instant began, Instant ended, int status, String body) {
    static final int NO_ANSWER = 0;
    private static final int FIELDS = 6;

    /** Whether it was answered. */
    public boolean isAnswered() {
        return status == 200;
    }

    String toLine() {
        return String.join(
                "\t",
                Integer.toString(question),
                Integer.toString(instance),
                Long.toString(began.toEpochMilli()),
                Long.toString(ended.toEpochMilli()),
                Integer.toString(status),
                body.replace('\n', ' ').replace('\t', ' '));
    }

    static Asked of(String line) {
        String[] fields = line.split("\t", FIELDS);
        return new Asked(
                Integer.parseInt(fields[0]),
                Integer.parseInt(fields[1]),
                Instant.ofEpochMilli(Long.parseLong(fields[2])),
                Instant.ofEpochMilli(Long.parseLong(fields[3])),
                Integer.parseInt(fields[4]),
                fields[5]);
    }
}
