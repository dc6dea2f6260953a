package io.millrace.analytics.question;

/**
 * Points that follow one another evenly.
 *
 * @param startEpochSecond of the first
 * @param points how many they are; at least 1
 */
public record Run(long startEpochSecond, long points) {
    public Run {
        if (points < 1) {
            throw new IllegalArgumentException("a run has at least one point");
        }
    }
}
