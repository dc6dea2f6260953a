package io.millrace.kit.http;

import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;

/**
 * What a client is told about a limit, in the headers {@code X-RateLimit-*}.
 *
 * @param resource what is limited
 * @param limit how much of it there is
 * @param remaining how much of it could be had now
 * @param reset when all of it could be, from now
 */
public record RateLimit(String resource, long limit, long remaining, Duration reset) {
    private static final String RESOURCE = "X-RateLimit-Resource";
    private static final String LIMIT = "X-RateLimit-Limit";
    private static final String REMAINING = "X-RateLimit-Remaining";
    private static final String RESET = "X-RateLimit-Reset";

    /** The headers' names. */
    public static final List<String> HEADERS = List.of(RESOURCE, LIMIT, REMAINING, RESET);

    private static final long MILLIS_PER_SECOND = 1_000;

    /** Writes the headers; the time in seconds, rounded up. */
    public void writeTo(HttpHeaders headers) {
        headers.set(RESOURCE, resource);
        headers.set(LIMIT, Long.toString(limit));
        headers.set(REMAINING, Long.toString(remaining));
        headers.set(RESET, Long.toString(Math.ceilDiv(reset.toMillis(), MILLIS_PER_SECOND)));
    }
}
