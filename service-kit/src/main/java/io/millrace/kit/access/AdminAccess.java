package io.millrace.kit.access;

import java.security.MessageDigest;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code Authorization: Bearer <admin token>}. Answers 401 {@code key_missing} and 401 {@code key_invalid}. */
public final class AdminAccess {
    private final byte[] tokenHash;

    AdminAccess(String token) {
        this.tokenHash = KeyText.hash(token);
    }

    /** {@return a filter for routes that take the admin token} */
    public HandlerFilterFunction<ServerResponse, ServerResponse> demand() {
        return (request, next) -> {
            String text = BearerAccess.bearer(request.headers().firstHeader(HttpHeaders.AUTHORIZATION));
            if (text == null) {
                return Mono.error(BearerAccess.missing().toException());
            }
            // Hashes compared in constant time: how long it takes tells nothing about the token or its length.
            if (!MessageDigest.isEqual(tokenHash, KeyText.hash(text))) {
                return Mono.error(BearerAccess.invalid().toException());
            }
            return next.handle(request);
        };
    }
}
