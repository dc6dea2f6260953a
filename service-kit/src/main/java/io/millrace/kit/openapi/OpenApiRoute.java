package io.millrace.kit.openapi;

import io.millrace.kit.problem.OtherMethods;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Descriptions that a service gives of itself, such as {@code GET /openapi.yaml}: files on the class path, to anyone. */
public final class OpenApiRoute {
    private static final MediaType YAML = new MediaType("application", "yaml");

    private OpenApiRoute() {}

    /** {@return the route of the OpenAPI document, which answers other methods with 405} */
    public static RouterFunction<ServerResponse> route() {
        return route("openapi.yaml");
    }

    /** {@return the route of another document, by its file's name} */
    public static RouterFunction<ServerResponse> route(String file) {
        ClassPathResource document = new ClassPathResource(file);
        String path = "/" + file;
        return RouterFunctions.route()
                .GET(path, _ -> ServerResponse.ok().contentType(YAML).bodyValue(document))
                .build()
                .and(OtherMethods.of(path, HttpMethod.GET));
    }
}
