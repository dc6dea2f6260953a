package io.millrace.ingestion.door;

import io.millrace.ingestion.door.Door.Delivery;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.access.Caller;
import io.millrace.kit.access.Scope;
import io.millrace.kit.problem.OtherMethods;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@code POST /v1/events}.
 *
 * <p>A replay is taken again; its events count once by their ids. Of a request that fails some events may be in the
 * log; the answer then says to send all again. A shutdown lets requests that have begun end.
 */
final class EventsEndpoint {
    static final String PATH = "/v1/events";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final BodyReader bodies;
    private final InFlight inFlight;
    private final Door door;

    EventsEndpoint(BodyReader bodies, InFlight inFlight, Door door) {
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.door = door;
    }

    RouterFunction<ServerResponse> routes(BearerAccess access) {
        return RouterFunctions.route()
                .POST(PATH, this::take)
                .filter(access.demand(Scope.INGEST))
                .build()
                .and(OtherMethods.of(PATH, HttpMethod.POST));
    }

    private Mono<ServerResponse> take(ServerRequest request) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        Delivery delivery = new Delivery(
                Caller.of(request).tenant(),
                BodyForm.of(headers),
                BodyReader.isGzip(headers),
                headers.getFirst(IDEMPOTENCY_KEY));
        return Mono.defer(() -> deliver(delivery, request.exchange().getRequest()))
                // Kafka's own thread brings the answer; it has better things to do than to write it.
                .publishOn(Schedulers.parallel())
                .flatMap(accepted -> ServerResponse.status(HttpStatus.ACCEPTED)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(accepted));
    }

    /** The share is this method's until the body is here, then the door's: a client that leaves does not end its work. */
    private Mono<Accepted> deliver(Delivery delivery, ServerHttpRequest request) {
        InFlight.Share share = inFlight.open();
        AtomicBoolean delivered = new AtomicBoolean();
        return bodies.read(request, share)
                .doFinally(_ -> {
                    if (!delivered.get()) {
                        share.close();
                    }
                })
                .flatMap(body -> {
                    delivered.set(true);
                    return Mono.fromFuture(() -> door.take(delivery, body, share), true);
                });
    }
}
