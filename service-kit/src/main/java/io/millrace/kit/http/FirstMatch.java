package io.millrace.kit.http;

import java.util.List;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Routes of which the first that matches is taken, as with {@link RouterFunction#and}. That gives up those behind it by a
 * cancellation, for which the whole chain of operators is asked for its context: a few hundredths of a small request each
 * time.
 */
public final class FirstMatch implements RouterFunction<ServerResponse> {
    private final RouterFunction<ServerResponse> first;
    private final RouterFunction<ServerResponse> others;

    private FirstMatch(RouterFunction<ServerResponse> first, RouterFunction<ServerResponse> others) {
        this.first = first;
        this.others = others;
    }

    /**
     * One for several.
     *
     * @param routes at least one; the nearer to the front, the cheaper
     */
    public static RouterFunction<ServerResponse> of(List<RouterFunction<ServerResponse>> routes) {
        return routes.reversed().stream()
                .reduce((others, first) -> new FirstMatch(first, others))
                .orElseThrow(() -> new IllegalArgumentException("there are no routes"));
    }

    @Override
    public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        return first.route(request).switchIfEmpty(Mono.defer(() -> others.route(request)));
    }

    @Override
    public void accept(RouterFunctions.Visitor visitor) {
        first.accept(visitor);
        others.accept(visitor);
    }

    /** A line for each route, as Spring's own have it. */
    @Override
    public String toString() {
        return first + System.lineSeparator() + others;
    }
}
