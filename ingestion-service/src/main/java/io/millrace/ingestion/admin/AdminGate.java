package io.millrace.ingestion.admin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Tags;
import io.millrace.kit.access.AdminAccess;
import io.millrace.kit.http.RateLimit;
import io.millrace.kit.metrics.Meters;
import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.ProblemException;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Lets in who has the admin token, and lets nobody call too often: 429 {@code rate_limited}, counted by address and
 * {@link Tier}, with {@code X-RateLimit-*} in every answer.
 *
 * <p>After some wrong tokens from an address none from there is looked at any more for a while, so that tokens cannot be
 * tried. An address from which the right one has come is an exception: there the right one is always let in, so that who
 * shares it with an administrator cannot keep that one out by trying.
 */
final class AdminGate {
    private static final int KNOWN_MAX = 10_000;
    private static final Duration KNOWN_FOR = Duration.ofHours(24);

    private final AdminAccess access;
    private final CallLimits limits;
    private final Meters meters;
    private final Cache<ClientAddress, Boolean> known = Caffeine.newBuilder()
            .maximumSize(KNOWN_MAX)
            .expireAfterAccess(KNOWN_FOR)
            .build();

    AdminGate(AdminAccess access, CallLimits limits, Meters meters) {
        this.access = access;
        this.limits = limits;
        this.meters = meters;
    }

    /** {@return a filter for routes that take the admin token} */
    HandlerFilterFunction<ServerResponse, ServerResponse> demand() {
        HandlerFilterFunction<ServerResponse, ServerResponse> token = access.demand();
        return (request, next) -> {
            if (request.headers().firstHeader(HttpHeaders.AUTHORIZATION) == null) {
                return token.filter(request, next);
            }
            ClientAddress address = ClientAddress.of(request);
            SlidingWindow attempts = limits.window(Tier.AUTH, address);
            long now = System.nanoTime();
            // Counted before it is looked at, or many at once would get more tries than there are.
            boolean counted = attempts.take(now);
            if (!counted && known.getIfPresent(address) == null) {
                return Mono.error(refused(Tier.AUTH, attempts, request));
            }
            return token.filter(request, admitted -> {
                        known.put(address, true);
                        if (counted) {
                            attempts.giveBack(now);
                        }
                        return next.handle(admitted);
                    })
                    .onErrorMap(
                            AdminGate::isWrongToken, error -> counted ? error : refused(Tier.AUTH, attempts, request));
        };
    }

    /** {@return what handles a call, if there were not too many of its tier} */
    HandlerFunction<ServerResponse> within(Tier tier, HandlerFunction<ServerResponse> call) {
        return request -> {
            SlidingWindow calls = limits.window(tier, ClientAddress.of(request));
            if (!calls.take(System.nanoTime())) {
                return Mono.error(refused(tier, calls, request));
            }
            tell(tier, calls, request);
            return call.handle(request);
        };
    }

    private static boolean isWrongToken(Throwable error) {
        return error instanceof ProblemException problem
                && problem.problem().code().equals("key_invalid");
    }

    private ProblemException refused(Tier tier, SlidingWindow window, ServerRequest request) {
        meters.counter(
                        "millrace.ingestion.admin.limited",
                        "Administrative calls answered with 429, by tier",
                        Tags.of("tier", tier.text()))
                .increment();
        tell(tier, window, request);
        return Problem.of(HttpStatus.TOO_MANY_REQUESTS, "rate_limited", "There are too many calls of this kind")
                .withDetail(String.format(Locale.ROOT, "At most %d a minute from one address", limits.callsMax(tier)))
                .withRetryAfter(window.untilRoom(System.nanoTime()))
                .toException();
    }

    /** Just before the answer leaves, whichever it is. */
    private void tell(Tier tier, SlidingWindow window, ServerRequest request) {
        ServerHttpResponse response = request.exchange().getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> {
            long now = System.nanoTime();
            new RateLimit(tier.text(), limits.callsMax(tier), window.remaining(now), window.untilEmpty(now))
                    .writeTo(response.getHeaders());
        }));
    }
}
