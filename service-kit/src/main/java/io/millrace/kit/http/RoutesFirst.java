package io.millrace.kit.http;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.support.HandlerFunctionAdapter;
import org.springframework.web.reactive.function.server.support.ServerResponseResultHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers what the service has routes for, and leaves to Spring's dispatcher what it has not, such as the actuator's paths.
 * The dispatcher asks several mappings for every request, and gives them up as costly as {@link FirstMatch} says.
 *
 * <p>The last of all filters: what comes behind it does not see these requests.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class RoutesFirst implements WebFilter {
    private final HandlerMapping routes;
    private final HandlerFunctionAdapter adapter;
    private final ServerResponseResultHandler writer;

    RoutesFirst(HandlerMapping routes, HandlerFunctionAdapter adapter, ServerResponseResultHandler writer) {
        this.routes = routes;
        this.adapter = adapter;
        this.writer = writer;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return routes.getHandler(exchange)
                .defaultIfEmpty(chain)
                .flatMap(handler -> handler.equals(chain) ? chain.filter(exchange) : answer(exchange, handler));
    }

    private Mono<Void> answer(ServerWebExchange exchange, Object handler) {
        return adapter.handle(exchange, handler).flatMap(result -> writer.handleResult(exchange, result));
    }
}
