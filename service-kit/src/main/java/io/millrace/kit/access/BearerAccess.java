package io.millrace.kit.access;

import io.millrace.kit.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * 403 {@code key_not_public}, 503 {@code keys_unavailable}.
 */
public final class BearerAccess {
    private static final String CHALLENGE = "Bearer realm=\"millrace\"";
    private static final List<String> EXPOSED = List.of("X-Request-Id", HttpHeaders.RETRY_AFTER);
    /** The query parameter that a public key may stand in. */
    public static final String KEY_PARAMETER = "key";

    private static final Pattern REFERER_ORIGIN = Pattern.compile("(https?://[^/?#@]+)(?:[/?#].*)?");
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
            return caller(text, scope, request).flatMap(caller -> {
                caller.attachTo(request);
                return next.handle(request);
            });
        };
    }

    /**
     * Who sends a request with a key that came by another way. A page of an origin that the key is bound to may read the
     * answer.
     *
     * @return the caller; fails with the problems of this class
     */
    public Mono<Caller> caller(String key, Scope scope, ServerRequest request) {
        return keys.find(key).map(answer -> admit(answer, scope, request));
    }

    /**
     * Who sends a request from a web page: by its bearer token, or, where it can set no header, by the query parameter
     * {@code key}. Addresses are written down by many on the way, so that must be a public key. Where no {@code Origin}
     * comes with it, as with images, it is that of the {@code Referer}.
     *
     * @return the caller; fails with the problems of this class
     */
    public Mono<Caller> webCaller(Scope scope, ServerRequest request) {
        String token = bearer(request.headers().firstHeader(HttpHeaders.AUTHORIZATION));
        if (token != null) {
            return caller(token, scope, request);
        }
        return request.queryParam(KEY_PARAMETER)
                .map(key -> keys.find(key).map(answer -> admit(publicOnly(answer), scope, request)))
                .orElseGet(() -> Mono.error(missing().toException()));
    }

    /** What was never a key is told so first. */
    private static KeyAnswer publicOnly(KeyAnswer answer) {
        if (answer instanceof KeyAnswer.Known(ApiKey key) && key.origins().isEmpty()) {
            throw notPublic().toException();
        }
        return answer;
    }

    private static Caller admit(KeyAnswer answer, Scope scope, ServerRequest request) {
        return switch (answer) {
            case KeyAnswer.Unknown _ -> throw invalid().toException();
            case KeyAnswer.Unavailable _ -> throw unavailable().toException();
            case KeyAnswer.Known(ApiKey key) -> {
                if (!key.scopes().contains(scope)) {
                    throw scopeMissing(scope).toException();
                }
                String origin = origin(request.headers().asHttpHeaders());
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

    /** {@return the web origin that a request says it comes from; null where it does not say} */
    private static @Nullable String origin(HttpHeaders headers) {
        String origin = headers.getOrigin();
        String referer = headers.getFirst(HttpHeaders.REFERER);
        if (origin != null || referer == null) {
            return origin;
        }
        Matcher parts = REFERER_ORIGIN.matcher(referer);
        return parts.matches() ? parts.group(1) : null;
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

    private static Problem notPublic() {
        return Problem.of(HttpStatus.FORBIDDEN, "key_not_public", "The key must not stand in an address")
                .withDetail("Make one that is bound to web origins, or send it as a bearer token");
    }

    private static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "keys_unavailable", "Keys cannot be checked now")
                .withRetryAfter(RETRY_AFTER);
    }
}
