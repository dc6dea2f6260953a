package io.millrace.ingestion.api;

import io.millrace.ingestion.body.BodyReader;
import io.millrace.ingestion.body.InFlight;
import io.millrace.ingestion.door.Door;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.openapi.OpenApiRoute;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code POST /v1/events}, other systems' ways in, and their description. Needs {@code DoorConfiguration} and the kit's access. */
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {

    @Bean
    Reception reception(BodyReader bodies, InFlight inFlight, Door door) {
        return new Reception(bodies, inFlight, door);
    }

    @Bean
    RouterFunction<ServerResponse> eventsRoutes(Reception reception, BearerAccess access) {
        return new EventsEndpoint(reception, access).routes();
    }

    @Bean
    RouterFunction<ServerResponse> segmentRoutes(Reception reception, BearerAccess access, Clock clock) {
        return new SegmentEndpoint(reception, access, clock).routes();
    }

    @Bean
    RouterFunction<ServerResponse> pixelRoutes(Reception reception, BearerAccess access) {
        return new PixelEndpoint(reception, access).routes();
    }

    @Bean
    Preflight preflight() {
        Set<String> paths = new HashSet<>(SegmentEndpoint.paths());
        paths.add(EventsEndpoint.PATH);
        return new Preflight(paths);
    }

    @Bean
    RouterFunction<ServerResponse> descriptionRoutes() {
        return OpenApiRoute.route().and(OpenApiRoute.route("asyncapi.yaml"));
    }
}
