package io.millrace.analytics.peer;

import io.millrace.analytics.tail.LogTail;
import io.millrace.analytics.tail.Selection;
import io.millrace.kit.problem.Problem;
import java.time.DateTimeException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where other instances ask for the tails that this one holds. It takes their token and no key of a tenant, because a
 * request names its tenant.
 */
final class PeerRoute {
    static final String PATH = "/internal/v1/tails";

    /** A request is a question and twelve offsets or some more; types fit into a URL at the asker's. */
    private static final int REQUEST_BYTES_MAX = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final LogTail tail;
    private final PeerToken token;

    PeerRoute(LogTail tail, PeerToken token) {
        this.tail = tail;
        this.token = token;
    }

    RouterFunction<ServerResponse> route() {
        return RouterFunctions.route().POST(PATH, this::answer).build();
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        String given = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
        if (given == null || !token.is(given)) {
            return Mono.error(
                    Problem.of(HttpStatus.UNAUTHORIZED, "peer_unknown", "Only instances of this service ask here")
                            .toException());
        }
        return request.bodyToMono(byte[].class)
                .map(this::reply)
                .flatMap(body -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body));
    }

    private byte[] reply(byte[] body) {
        try {
            if (body.length > REQUEST_BYTES_MAX) {
                throw new IllegalArgumentException("longer than " + REQUEST_BYTES_MAX + " bytes");
            }
            TailRequest asked = JSON.readValue(body, TailRequest.class);
            return JSON.writeValueAsBytes(TailReply.of(tail.ask(asked.partitions(), Selection.of(asked.question()))));
        } catch (IllegalArgumentException | DateTimeException | JacksonException e) {
            throw Problem.of(HttpStatus.BAD_REQUEST, "request_invalid", "This is no question of another instance")
                    .withDetail(String.valueOf(e.getMessage()))
                    .toException();
        }
    }
}
