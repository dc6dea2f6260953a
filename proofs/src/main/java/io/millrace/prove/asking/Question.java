package io.millrace.prove.asking;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question.
 *
 * @param fromMillis of the epoch, inclusive
 * @param toMillis of the epoch, exclusive
 * @param types all when empty
 * @param width of a series' points; null asks for counts
 */
public record Question(
        String tenant,
        long fromMillis,
        long toMillis,
        List<String> types,
        @Nullable Width width) {
    public Question {
        types = List.copyOf(types);
        if (toMillis < fromMillis) {
            throw new IllegalArgumentException("a range ends before it begins");
        }
    }

    /** As it stands in a request. */
    public String pathAndQuery() {
        StringBuilder text = new StringBuilder(width == null ? "/v1/counts" : "/v1/timeseries")
                .append("?from=")
                .append(Instant.ofEpochMilli(fromMillis))
                .append("&to=")
                .append(Instant.ofEpochMilli(toMillis));
        if (width != null) {
            // Points without events are zeros by default, which the recount does not make up.
            text.append("&interval=").append(width.wire()).append("&fill=none");
        }
        types.forEach(type -> text.append("&event_type=").append(type));
        return text.toString();
    }

    @Override
    public String toString() {
        return tenant + " " + pathAndQuery();
    }
}
