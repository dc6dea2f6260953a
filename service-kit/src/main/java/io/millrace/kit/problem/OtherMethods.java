package io.millrace.kit.problem;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Functional routes answer 404 to a known path's unknown method; this makes it 405. */
public final class OtherMethods {
    private OtherMethods() {}

    /**
     * To be added after the routes that serve {@code path}.
     *
     * @param path the route's pattern
     * @param allowed the methods that it has, for the {@code Allow} header
     */
    public static RouterFunction<ServerResponse> of(String path, HttpMethod... allowed) {
        return RouterFunctions.route(
                RequestPredicates.path(path),
                _ -> Mono.error(Problems.methodNotAllowed(Set.of(allowed)).toException()));
    }
}
