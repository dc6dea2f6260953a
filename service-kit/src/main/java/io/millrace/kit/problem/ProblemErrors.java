package io.millrace.kit.problem;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns everything that fails in a request into a {@link Problem}, and logs once what is the service's own fault. */
@Order(ProblemErrors.BEFORE_BOOT)
public final class ProblemErrors implements WebExceptionHandler {
    /** Boot's own handler, which answers in another form, has -1. */
    static final int BEFORE_BOOT = -2;

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrors.class);
    private static final Duration OVERLOADED_RETRY = Duration.ofSeconds(1);
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

    private static final String CORS = "Access-Control-";

    private final JsonMapper json = JsonMapper.shared();

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        // What was made a problem is answered, even if a body that ended early is behind it.
        boolean gone =
                !(error instanceof ProblemException) && DisconnectedClientHelper.isClientDisconnectedException(error);
        if (exchange.getResponse().isCommitted()) {
            // Too late for an answer. The server ends the connection, so the client sees no half success.
            return Mono.error(error);
        }
        if (gone) {
            // Nobody reads it; but it stands in the metrics, where a failure would be the service's own.
            exchange.getResponse().setStatusCode(HttpStatus.BAD_REQUEST);
            return Mono.empty();
        }
        Problem problem = problemOf(error);
        String requestId = RequestIds.of(exchange);
        if (problem.status() == HttpStatus.INTERNAL_SERVER_ERROR) {
            LOG.error(
                    "{} {} failed, request id {}",
                    exchange.getRequest().getMethod(),
                    exchange.getRequest().getPath().value(),
                    requestId,
                    error);
        }
        return write(exchange.getResponse(), problem, requestId);
    }

    private Mono<Void> write(ServerHttpResponse response, Problem problem, String requestId) {
        response.setStatusCode(problem.status());
        clear(response.getHeaders());
        response.getHeaders().set(RequestIds.HEADER, requestId);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        for (Map.Entry<String, String> header : problem.headers().entrySet()) {
            response.getHeaders().set(header.getKey(), header.getValue());
        }
        Duration wait = problem.retryAfter();
        if (wait != null) {
            long seconds = Math.max(1, Math.ceilDiv(wait.toMillis(), 1_000L));
            response.getHeaders().set("Retry-After", Long.toString(seconds));
        }
        byte[] body = json.writeValueAsBytes(problem.body(requestId));
        response.getHeaders().setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    /** What a handler said of its own answer is not said of this one; who may read it is. */
    private static void clear(HttpHeaders headers) {
        for (String name : Set.copyOf(headers.headerNames())) {
            if (!name.regionMatches(true, 0, CORS, 0, CORS.length()) && !name.equalsIgnoreCase(HttpHeaders.VARY)) {
                headers.remove(name);
            }
        }
    }

    private static Problem problemOf(Throwable error) {
        return switch (error) {
            case ProblemException e -> e.problem();
            case MethodNotAllowedException e -> Problems.methodNotAllowed(e.getSupportedMethods());
            case DataBufferLimitException _ -> Problems.bodyTooLarge();
            case RejectedExecutionException _ ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "overloaded", "The service has more to do than it can")
                        .withRetryAfter(OVERLOADED_RETRY);
            case DataAccessResourceFailureException _, TransientDataAccessException _ ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "database_unavailable", "The control database is away")
                        .withRetryAfter(DATABASE_RETRY);
            case ErrorResponse e -> ofStatus(e.getStatusCode().value());
            default -> Problems.internalError();
        };
    }

    private static Problem ofStatus(int code) {
        HttpStatus status = HttpStatus.resolve(code);
        return switch (status) {
            case null -> Problems.internalError();
            case NOT_FOUND -> Problems.notFound();
            case NOT_ACCEPTABLE -> Problems.notAcceptable();
            case CONTENT_TOO_LARGE -> Problems.bodyTooLarge();
            case UNSUPPORTED_MEDIA_TYPE -> Problems.mediaTypeUnsupported();
            case BAD_REQUEST -> Problems.requestInvalid();
            default -> status.isError() ? Problems.ofStatus(status) : Problems.internalError();
        };
    }
}
