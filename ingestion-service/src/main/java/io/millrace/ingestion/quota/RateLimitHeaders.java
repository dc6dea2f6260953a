package io.millrace.ingestion.quota;

import io.millrace.kit.access.Caller;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells every caller that has a quota how much of it is left, whatever the answer is: {@code X-RateLimit-*}. */
@Order(0)
final class RateLimitHeaders implements WebFilter {
    private final Quotas quotas;

    RateLimitHeaders(Quotas quotas) {
        this.quotas = quotas;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!quotas.areNone()) {
            // Just before the answer leaves, when what it took is counted.
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> write(exchange)));
        }
        return chain.filter(exchange);
    }

    private void write(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        Caller.in(exchange)
                .flatMap(caller -> quotas.limit(caller.tenant()))
                .ifPresent(limit -> limit.writeTo(response.getHeaders()));
    }
}
