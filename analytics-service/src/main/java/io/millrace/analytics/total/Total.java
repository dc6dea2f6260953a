package io.millrace.analytics.total;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * What the events of one group come to.
 *
 * @param eventType the group's
 * @param startEpochSecond of the point; 0 in answers without points
 */
public record Total(String eventType, long startEpochSecond, Measures measures) {
    /** Types in the order of answers, which is ClickHouse's: by their bytes in UTF-8, and so by code point. */
    public static final Comparator<String> TYPE_ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
}
