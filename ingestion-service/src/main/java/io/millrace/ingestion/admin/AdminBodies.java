package io.millrace.ingestion.admin;

import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.Problems;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * The bodies of administrative calls. Answers 415 {@code media_type_unsupported} and 408 {@code body_timeout}.
 *
 * @param timeout for a body to come in
 */
record AdminBodies(Duration timeout) {
    <T> Mono<T> read(ServerRequest request, Function<byte[], T> form) {
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
                        timeout,
                        Mono.error(() -> Problem.of(
                                        HttpStatus.REQUEST_TIMEOUT, "body_timeout", "The body did not come in in time")
                                .toException()))
                .map(form);
    }
}
