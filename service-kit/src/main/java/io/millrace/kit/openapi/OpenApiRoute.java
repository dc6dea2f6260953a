package io.millrace.kit.openapi;

import io.millrace.kit.problem.OtherMethods;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code GET /openapi.yaml}: the file of that name on the class path, to anyone. */
public final class OpenApiRoute {
    private static final String PATH = "/openapi.yaml";
    private static final MediaType YAML = new MediaType("application", "yaml");

    private OpenApiRoute() {}

    /** {@return the route, which answers other methods with 405} */
    public static RouterFunction<ServerResponse> route() {
        ClassPathResource document = new ClassPathResource("openapi.yaml");
        return RouterFunctions.route()
                .GET(PATH, _ -> ServerResponse.ok().contentType(YAML).bodyValue(document))
                .build()
                .and(OtherMethods.of(PATH, HttpMethod.GET));
    }
}
