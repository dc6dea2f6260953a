package io.millrace.prove.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of a consumer, as it stands at some moment.
 *
 * @param consumer whose
 * @param step what it asks
 * @param queryId its name, {@code <log>-<partition>-<start>-<end>…} where it concerns a range; else anything
 */
public record Exchange(int consumer, Step step, String queryId) {
    private static final Pattern RANGE = Pattern.compile("\\d+-(\\d+)-(\\d+)-(\\d+)(-.*)?");

    /** The Kafka partition its range is of, or -1. */
    public int partition() {
        Matcher range = RANGE.matcher(queryId);
        return range.matches() ? Integer.parseInt(range.group(1)) : -1;
    }

    /** Whether it concerns a range that holds this offset. */
    boolean concerns(int partition, long offset) {
        Matcher range = RANGE.matcher(queryId);
        return range.matches()
                && Integer.parseInt(range.group(1)) == partition
                && Long.parseLong(range.group(2)) <= offset
                && Long.parseLong(range.group(3)) > offset;
    }

    @Override
    public String toString() {
        return "consumer " + consumer + " " + step + " " + queryId;
    }
}
