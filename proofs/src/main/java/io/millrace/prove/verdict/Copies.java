package io.millrace.prove.verdict;

import io.millrace.log.LogTerms;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The rule for duplicates as plainly as it can be written: a dictionary of where each key of one partition was last seen.
 * Every copy counts as an occurrence.
 */
final class Copies {
    private static final long OFFSETS_MAX = LogTerms.DUPLICATE_WINDOW_OFFSETS_DEFAULT;
    private static final long MILLIS_MAX = LogTerms.DUPLICATE_WINDOW_TIME_DEFAULT.toMillis();

    private final Map<String, Occurrence> seen = new HashMap<>();

    private record Occurrence(long offset, long receivedMillis) {}

    /** Notes a record and says whether the same key lies among the N offsets before it and within T. */
    boolean isDuplicate(byte[] key, long offset, long receivedMillis) {
        String name = new String(key, StandardCharsets.ISO_8859_1);
        Occurrence last = seen.put(name, new Occurrence(offset, receivedMillis));
        return last != null
                && offset - last.offset() <= OFFSETS_MAX
                && receivedMillis - last.receivedMillis() <= MILLIS_MAX;
    }
}
