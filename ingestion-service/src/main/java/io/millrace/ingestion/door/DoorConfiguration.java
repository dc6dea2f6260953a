package io.millrace.ingestion.door;

import io.millrace.ingestion.publish.EventPublisher;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import io.millrace.kit.openapi.OpenApiRoute;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code POST /v1/events}, other systems' ways in, and their description. Needs {@code PublishConfiguration} and the kit's access and log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoorSettings.class)
public class DoorConfiguration {

    /** What still waits when the time for a graceful end is over has no client any more. */
    @Bean(destroyMethod = "shutdownNow")
    ThreadPoolExecutor doorWorkers(DoorSettings settings) {
        return new ThreadPoolExecutor(
                settings.workers(),
                settings.workers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.workersQueueMax()),
                Thread.ofPlatform().name("door-", 0).factory());
    }

    @Bean
    InFlight inFlight(DoorSettings settings) {
        return new InFlight(settings.inFlightSizeMax().toBytes(), settings.inFlightRequestsMax());
    }

    @Bean
    BodyReader bodyReader(DoorSettings settings) {
        return new BodyReader(settings);
    }

    @Bean
    DoorParts doorParts(
            BodyReader bodies, EventPublisher publisher, ThreadPoolExecutor doorWorkers, DoorMetrics metrics) {
        return new DoorParts(bodies, publisher, metrics, doorWorkers);
    }

    @Bean
    DoorMetrics doorMetrics(Meters meters, InFlight inFlight) {
        return new DoorMetrics(meters, inFlight);
    }

    @Bean
    Door door(DoorParts parts, DoorSettings settings, EventLog log, Clock clock) {
        return new Door(parts, settings, log, clock);
    }

    @Bean
    Reception reception(BodyReader bodies, InFlight inFlight, Door door) {
        return new Reception(bodies, inFlight, door);
    }

    @Bean
    RouterFunction<ServerResponse> eventsRoutes(Reception reception, BearerAccess access) {
        return new EventsEndpoint(reception).routes(access);
    }

    @Bean
    RouterFunction<ServerResponse> segmentRoutes(Reception reception, BearerAccess access, Clock clock) {
        return new SegmentEndpoint(reception, access, clock).routes();
    }

    @Bean
    Preflight preflight() {
        Set<String> paths = new HashSet<>(SegmentEndpoint.paths());
        paths.add(EventsEndpoint.PATH);
        return new Preflight(paths);
    }

    @Bean
    RouterFunction<ServerResponse> descriptionRoutes() {
        return OpenApiRoute.route();
    }
}
