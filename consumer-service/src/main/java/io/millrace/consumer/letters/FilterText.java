package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads filters, from a query or a body alike. What is misspelled is refused: it might mean all letters. */
final class FilterText {
    static final Set<String> NAMES = Set.of("reason", "tenant", "from", "to", "log", "partition", "after");

    private static final int REASON_CHARACTERS_MAX = 64;

    private final Map<String, String> values;

    private FilterText(Map<String, String> values) {
        this.values = values;
    }

    /** {@return the filter that these values describe} */
    static LetterFilter parse(Map<String, String> values) {
        for (String name : values.keySet()) {
            if (!NAMES.contains(name)) {
                throw LetterProblem.FILTER_INVALID.because("There is no filter of that name; there are "
                        + String.join(", ", NAMES.stream().sorted().toList()));
            }
        }
        FilterText text = new FilterText(values);
        return new LetterFilter(
                text.name("reason"),
                text.name("tenant"),
                text.time("from"),
                text.time("to"),
                text.number("log", Integer.MAX_VALUE),
                text.number("partition", LogPosition.PARTITIONS_MAX - 1),
                text.position("after"));
    }

    private @Nullable String name(String filter) {
        String value = values.get(filter);
        if (value != null && value.length() > REASON_CHARACTERS_MAX) {
            throw invalid(filter, "at most " + REASON_CHARACTERS_MAX + " characters");
        }
        return value;
    }

    private @Nullable Instant time(String filter) {
        String value = values.get(filter);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException _) {
            throw invalid(filter, "a time such as 2026-01-31T12:00:00Z");
        }
    }

    private @Nullable Integer number(String filter, int max) {
        String value = values.get(filter);
        if (value == null) {
            return null;
        }
        if (!value.matches("\\d{1,10}") || Long.parseLong(value) > max) {
            throw invalid(filter, "a number up to " + max);
        }
        return Integer.valueOf(value);
    }

    private @Nullable LogPosition position(String filter) {
        String value = values.get(filter);
        if (value == null) {
            return null;
        }
        return Positions.parse(value).orElseThrow(() -> invalid(filter, "a position such as 1-3-1234"));
    }

    private static RuntimeException invalid(String filter, String form) {
        return LetterProblem.FILTER_INVALID.because(filter + " is " + form);
    }
}
