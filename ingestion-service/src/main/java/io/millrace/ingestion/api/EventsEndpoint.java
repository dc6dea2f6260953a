package io.millrace.ingestion.api;

import io.millrace.ingestion.body.BodyEncoding;
import io.millrace.ingestion.body.BodyForm;
import io.millrace.ingestion.door.Door.Delivery;
import io.millrace.ingestion.quota.Quotas;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.access.Caller;
import io.millrace.kit.access.Scope;
import io.millrace.kit.http.FirstMatch;
import io.millrace.kit.http.JsonAnswer;
import io.millrace.kit.problem.OtherMethods;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/events}.
 *
 * <p>A replay is taken again; its events count once by their ids. Of a request that fails some events may be in the
 * log; the answer then says to send all again. A shutdown lets requests that have begun end.
 */
final class EventsEndpoint {
    static final String PATH = "/v1/events";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final Reception reception;
    private final BearerAccess access;
    private final Quotas quotas;

    EventsEndpoint(Reception reception, BearerAccess access, Quotas quotas) {
        this.reception = reception;
        this.access = access;
        this.quotas = quotas;
    }

    RouterFunction<ServerResponse> routes() {
        return FirstMatch.of(List.of(
                RouterFunctions.route(RequestPredicates.POST(PATH), this::take),
                OtherMethods.of(PATH, HttpMethod.POST)));
    }

    private Mono<ServerResponse> take(ServerRequest request) {
        return access.webCaller(Scope.INGEST, request).flatMap(caller -> take(request, caller));
    }

    private Mono<ServerResponse> take(ServerRequest request, Caller caller) {
        quotas.admit(caller.tenant());
        HttpHeaders headers = request.headers().asHttpHeaders();
        Delivery delivery = new Delivery(
                caller.tenant(), BodyForm.of(headers), BodyEncoding.of(headers), headers.getFirst(IDEMPOTENCY_KEY));
        return reception
                .take(request.exchange(), _ -> Mono.just(delivery))
                .map(accepted -> new JsonAnswer(HttpStatus.ACCEPTED, AcceptedJson.of(accepted)));
    }
}
