package io.millrace.ingestion.api;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What browsers ask before they send from another origin. They do not say with which key, so every origin is told that it
 * may try; whether the key is bound to it is seen when it does, and only then may its page read the answer.
 *
 * <p>A filter, because such a request does not get as far as a route.
 */
@Order(0)
final class Preflight implements WebFilter {
    /** Longer than any browser remembers it. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private static final List<String> HEADERS = List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_ENCODING,
            EventsEndpoint.IDEMPOTENCY_KEY,
            "X-Request-Id");

    private final Set<String> paths;

    /** For the paths that pages may send to. */
    Preflight(Set<String> paths) {
        this.paths = Set.copyOf(paths);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        boolean ours = CorsUtils.isPreFlightRequest(exchange.getRequest())
                && paths.contains(exchange.getRequest().getPath().value());
        if (!ours) {
            return chain.filter(exchange);
        }
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.NO_CONTENT);
        HttpHeaders headers = response.getHeaders();
        headers.setVary(List.of(HttpHeaders.ORIGIN));
        headers.setAccessControlAllowOrigin(exchange.getRequest().getHeaders().getOrigin());
        headers.setAccessControlAllowMethods(List.of(HttpMethod.POST));
        headers.setAccessControlAllowHeaders(HEADERS);
        headers.setAccessControlMaxAge(REMEMBERED);
        return response.setComplete();
    }
}
