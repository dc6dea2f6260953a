package io.millrace.ingestion.admin;

import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.Problems;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What requests of the administration API have in common. */
final class AdminRequests {
    private final Duration bodyTimeout;

    AdminRequests(Duration bodyTimeout) {
        this.bodyTimeout = bodyTimeout;
    }

    /** {@return what the body says; fails with a problem when it does not come in, or is not JSON} */
    <T> Mono<T> body(ServerRequest request, Function<byte[], T> read) {
        boolean json = request.headers()
                .contentType()
                .filter(MediaType.APPLICATION_JSON::isCompatibleWith)
                .isPresent();
        if (!json) {
            return Mono.error(Problems.mediaTypeUnsupported()
                    .withDetail("Content-Type must be application/json")
                    .toException());
        }
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .timeout(
                        bodyTimeout,
                        Mono.error(() -> Problem.of(
                                        HttpStatus.REQUEST_TIMEOUT, "body_timeout", "The body did not come in in time")
                                .toException()))
                .map(read);
    }

    /** {@return the tenant of the path; a name that none can have is one that there is not} */
    static Tenant tenant(ServerRequest request) {
        String name = request.pathVariable("tenant");
        if (!Tenant.isValid(name)) {
            throw tenantUnknown();
        }
        return new Tenant(name);
    }

    static Mono<ServerResponse> ok(Object json) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(json);
    }

    static RuntimeException tenantUnknown() {
        return Problem.of(HttpStatus.NOT_FOUND, "tenant_unknown", "There is no tenant of that id, or it is disabled")
                .toException();
    }
}
