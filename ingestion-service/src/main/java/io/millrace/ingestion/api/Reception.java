package io.millrace.ingestion.api;

import io.millrace.ingestion.body.BodyReader;
import io.millrace.ingestion.body.InFlight;
import io.millrace.ingestion.door.Accepted;
import io.millrace.ingestion.door.Door;
import io.millrace.ingestion.door.Door.Delivery;
import io.millrace.kit.http.EventLoopResponse;
import io.millrace.kit.problem.Problems;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes a request's body in, within the limits of all that are held, and hands it to the door. */
final class Reception {
    private final BodyReader bodies;
    private final InFlight inFlight;
    private final Door door;

    Reception(BodyReader bodies, InFlight inFlight, Door door) {
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.door = door;
    }

    /**
     * Takes a request.
     *
     * @param delivery what there is to know beside the body, once that is here
     * @return what Kafka has of it; fails with a {@link io.millrace.kit.problem.ProblemException}
     */
    Mono<Accepted> take(ServerWebExchange exchange, Function<byte[], Mono<Delivery>> delivery) {
        return answered(exchange, share -> deliver(exchange, delivery, share));
    }

    /** Takes a request in which there is all to know but for its body, if it has one. */
    Mono<Accepted> takeWithoutBody(ServerWebExchange exchange, Delivery delivery) {
        return answered(exchange, share -> Mono.fromFuture(() -> door.take(delivery, new byte[0], share), true));
    }

    private Mono<Accepted> answered(ServerWebExchange exchange, Function<InFlight.Share, Mono<Accepted>> delivered) {
        return Mono.defer(() -> {
                    door.requireOpen();
                    return delivered.apply(inFlight.open());
                })
                // Kafka's own thread brings the answer; it has better things to do than to write it.
                .publishOn(EventLoopResponse.of(exchange.getResponse()).eventLoop());
    }

    /** The share is this method's until the body is here, then the door's: a client that leaves does not end its work. */
    private Mono<Accepted> deliver(
            ServerWebExchange exchange, Function<byte[], Mono<Delivery>> delivery, InFlight.Share share) {
        EventLoopResponse response = EventLoopResponse.of(exchange.getResponse());
        AtomicBoolean delivered = new AtomicBoolean();
        return bodies.read(exchange.getRequest(), share, response.eventLoop())
                .doOnNext(_ -> requireWhole(response))
                .flatMap(body -> delivery.apply(body).flatMap(known -> {
                    delivered.set(true);
                    return Mono.fromFuture(() -> door.take(known, body, share), true);
                }))
                .doFinally(_ -> {
                    if (!delivered.get()) {
                        share.close();
                    }
                });
    }

    /** A body that breaks off ends like a whole one, but its sender has been told that nothing of it was any good. */
    private static void requireWhole(EventLoopResponse response) {
        if (response.isAnswered()) {
            throw Problems.requestInvalid().toException();
        }
    }
}
