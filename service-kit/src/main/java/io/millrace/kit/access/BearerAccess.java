package io.millrace.kit.access;

import io.millrace.kit.problem.Problem;
import java.time.Duration;
import java.util.List;
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
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final KeyCache keys;

    BearerAccess(KeyCache keys) {
        this.keys = keys;
    }

    /** {@return a filter for routes whose callers must have the scope; the handler finds them by {@link Caller#of}} */
    public HandlerFilterFunction<ServerResponse, ServerResponse> demand(Scope scope) {
        return (request, next) -> {
            String text = bearer(request);
            if (text == null) {
                return Mono.error(missing().toException());
            }
            return keys.find(text).flatMap(answer -> {
                admit(answer, scope, request).attachTo(request);
                return next.handle(request);
            });
        };
    }

    private static Caller admit(KeyAnswer answer, Scope scope, ServerRequest request) {
        return switch (answer) {
            case KeyAnswer.Unknown _ -> throw invalid().toException();
            case KeyAnswer.Unavailable _ -> throw unavailable().toException();
            case KeyAnswer.Known(ApiKey key) -> {
                if (!key.scopes().contains(scope)) {
                    throw scopeMissing(scope).toException();
                }
                if (!fromOneOf(key.origins(), request.headers().firstHeader(HttpHeaders.ORIGIN))) {
                    throw originRefused().toException();
                }
                yield key.caller();
            }
        };
    }

    private static boolean fromOneOf(List<String> origins, @Nullable String origin) {
        return origins.isEmpty() || (origin != null && origins.contains(origin));
    }

    static @Nullable String bearer(ServerRequest request) {
        String header = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
        // The scheme's name is case-insensitive (RFC 9110, section 11.1).
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        String text = header.substring(7).strip();
        return text.isEmpty() ? null : text;
    }

    static Problem missing() {
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
