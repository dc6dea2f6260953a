package io.millrace.kit.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An answer that is not a success, in the form of RFC 9457 ({@code application/problem+json}).
 *
 * @param status the HTTP status
 * @param code what went wrong, for programs: stable over releases, {@code snake_case}. Also the end of the
 *     {@code type} URN
 * @param title what went wrong, for people; the same for every occurrence of the code
 * @param detail what is particular about this occurrence and what to mend; never a key, a payload or an internal
 * @param retryAfter how long a client should wait before it tries again, rounded up to whole seconds in
 *     {@code Retry-After}; null where trying again does not help
 * @param headers further response headers
 * @param members further members of the JSON object
 */
public record Problem(
        HttpStatus status,
        String code,
        String title,
        @Nullable String detail,
        @Nullable Duration retryAfter,
        Map<String, String> headers,
        Map<String, Object> members) {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{2,63}");

    public Problem {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("a problem's code is snake_case, not " + code);
        }
        if (!status.isError()) {
            throw new IllegalArgumentException(status + " is no error");
        }
        if (retryAfter != null && retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative");
        }
        headers = Map.copyOf(headers);
        members = Map.copyOf(members);
    }

    /** A problem with nothing particular about it. */
    public static Problem of(HttpStatus status, String code, String title) {
        return new Problem(status, code, title, null, null, Map.of(), Map.of());
    }

    public Problem withDetail(String text) {
        return new Problem(status, code, title, text, retryAfter, headers, members);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(status, code, title, detail, wait, headers, members);
    }

    public Problem withHeader(String name, String value) {
        return new Problem(status, code, title, detail, retryAfter, plus(headers, name, value), members);
    }

    /**
     * Adds a member to the JSON object.
     *
     * @param value anything Jackson writes
     */
    public Problem withMember(String name, Object value) {
        return new Problem(status, code, title, detail, retryAfter, headers, plus(members, name, value));
    }

    /** {@return this problem as something to throw or to end a {@code Mono} with; the one error handler answers it} */
    public ProblemException toException() {
        return new ProblemException(this, null);
    }

    /**
     * The same with its cause.
     *
     * @param cause kept for the log; it does not reach the client
     */
    public ProblemException toException(Throwable cause) {
        return new ProblemException(this, cause);
    }

    /** {@return the members of the JSON object, in the order they are written} */
    public Map<String, Object> body(String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:millrace:problem:" + code);
        body.put("title", title);
        body.put("status", status.value());
        body.put("code", code);
        if (detail != null) {
            body.put("detail", detail);
        }
        body.put("request_id", requestId);
        body.putAll(members);
        return body;
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String name, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }
}
