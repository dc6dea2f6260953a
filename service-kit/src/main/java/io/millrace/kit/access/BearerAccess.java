package io.millrace.kit.access;

import io.millrace.kit.http.RateLimit;
import io.millrace.kit.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code Authorization: Bearer <key>}: the one place where a request gets its tenant.
 *
 * <p>Answers 401 {@code key_missing}, 401 {@code key_invalid}, 403 {@code scope_missing}, 403 {@code origin_refused},
 * 503 {@code keys_unavailable}.
 */
public final class BearerAccess {
    private static final String CHALLENGE = "Bearer realm=\"millrace\"";
    private static final List<String> EXPOSED = Stream.concat(
                    Stream.of("X-Request-Id", HttpHeaders.RETRY_AFTER), RateLimit.HEADERS.stream())
            .toList();
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final KeyCache keys;

    BearerAccess(KeyCache keys) {
        this.keys = keys;
    }

    /** {@return a filter for routes whose callers must have the scope; the handler finds them by {@link Caller#of}} */
    public HandlerFilterFunction<ServerResponse, ServerResponse> demand(Scope scope) {
        return (request, next) -> {
            String text = bearer(request.headers().firstHeader(HttpHeaders.AUTHORIZATION));
            if (text == null) {
                return Mono.error(missing().toException());
            }
            return caller(text, scope, request).flatMap(_ -> next.handle(request));
        };
    }

    /**
     * Who sends a request with a key that came by another way; from then on {@link Caller#of} finds them. A page of an
     * origin that the key is bound to may read the answer.
     *
     * @return the caller; fails with the problems of this class
     */
    public Mono<Caller> caller(String key, Scope scope, ServerRequest request) {
        return keys.find(key).map(answer -> admit(answer, scope, request)).doOnNext(caller -> caller.attachTo(request));
    }

    private static Caller admit(KeyAnswer answer, Scope scope, ServerRequest request) {
        return switch (answer) {
            case KeyAnswer.Unknown _ -> throw invalid().toException();
            case KeyAnswer.Unavailable _ -> throw unavailable().toException();
            case KeyAnswer.Known(ApiKey key) -> {
                if (!key.scopes().contains(scope)) {
                    throw scopeMissing(scope).toException();
                }
                String origin = request.headers().firstHeader(HttpHeaders.ORIGIN);
                if (!fromOneOf(key.origins(), origin)) {
                    throw originRefused().toException();
                }
                if (origin != null && !key.origins().isEmpty()) {
                    HttpHeaders headers = request.exchange().getResponse().getHeaders();
                    headers.setAccessControlAllowOrigin(origin);
                    headers.setAccessControlExposeHeaders(EXPOSED);
                    headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
                }
                yield key.caller();
            }
        };
    }

    private static boolean fromOneOf(List<String> origins, @Nullable String origin) {
        return origins.isEmpty() || (origin != null && origins.contains(origin));
    }

    /** {@return the token of an {@code Authorization} header; null where it is of another kind, or not there} */
    public static @Nullable String bearer(@Nullable String header) {
        // The scheme's name is case-insensitive (RFC 9110, section 11.1).
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String text = header.substring(7).strip();
        return text.isEmpty() ? null : text;
    }

    /** {@return what is said where no key came with a request} */
    public static Problem missing() {
        return Problem.of(HttpStatus.UNAUTHORIZED, "key_missing", "This needs a key")
                .withDetail("Send the header Authorization: Bearer <key>")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    }

    static Problem invalid() {
        return Problem.of(HttpStatus.UNAUTHORIZED, "key_invalid", "The key is unknown, revoked or expired")
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
    }

    private static Problem scopeMissing(Scope scope) {
        return Problem.of(HttpStatus.FORBIDDEN, "scope_missing", "The key does not have the scope this needs")
                .withDetail("Needed: " + scope.text())
                .withHeader(
                        HttpHeaders.WWW_AUTHENTICATE,
                        CHALLENGE + ", error=\"insufficient_scope\", scope=\"" + scope.text() + "\"");
    }

    private static Problem originRefused() {
        return Problem.of(HttpStatus.FORBIDDEN, "origin_refused", "The key is bound to other web origins");
    }

    private static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "keys_unavailable", "Keys cannot be checked now")
                .withRetryAfter(RETRY_AFTER);
    }
}
