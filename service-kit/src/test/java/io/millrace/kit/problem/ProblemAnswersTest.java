package io.millrace.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;

class ProblemAnswersTest {
    private static final Problem BUSY = Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "busy", "Too busy")
            .withDetail("come back")
            .withRetryAfter(Duration.ofMillis(1_001))
            .withMember("rejected", List.of(1, 2));

    private final WebTestClient client = WebTestClient.bindToRouterFunction(routes())
            .handlerStrategies(HandlerStrategies.empty()
                    .codecs(codecs -> codecs.registerDefaults(true))
                    .webFilter(new RequestIds())
                    .exceptionHandler(new ProblemErrors())
                    .build())
            .build();

    @Test
    void problemIsWrittenAsRfc9457() {
        client.get()
                .uri("/fail/problem")
                .header("X-Request-Id", "abc-1")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectHeader()
                .valueEquals("X-Request-Id", "abc-1")
                .expectBody(String.class)
                .isEqualTo("{\"type\":\"urn:millrace:problem:busy\",\"title\":\"Too busy\",\"status\":503,"
                        + "\"code\":\"busy\",\"detail\":\"come back\",\"request_id\":\"abc-1\",\"rejected\":[1,2]}");
    }

    @ParameterizedTest
    @CsvSource({
        "bug, 500, internal_error",
        "limit, 413, body_too_large",
        "rejected, 503, overloaded",
        "media, 415, media_type_unsupported",
        "input, 400, request_invalid",
        "conflict, 409, conflict",
        "database, 503, database_unavailable",
        "timeout, 503, database_unavailable",
        "odd, 500, internal_error"
    })
    void everythingThatFailsHasStatusAndCode(String how, int status, String code) {
        client.get()
                .uri("/fail/" + how)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.request_id")
                .isNotEmpty();
    }

    @Test
    void unexpectedErrorLeaksNothing() {
        client.get()
                .uri("/fail/bug")
                .exchange()
                .expectBody(String.class)
                .value(body -> assertThat(body).doesNotContain("secret", "IllegalState"));
    }

    @Test
    void unknownPathIs404() {
        client.get()
                .uri("/nowhere")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("not_found");
    }

    @Test
    void wrongMethodIs405AndNamesTheRightOne() {
        client.delete()
                .uri("/fail/bug")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "", "ünsafe"})
    void unfitRequestIdIsReplaced(String given) {
        client.get()
                .uri("/ok")
                .header("X-Request-Id", given)
                .exchange()
                .expectHeader()
                .value("X-Request-Id", made -> assertThat(made).matches("[0-9a-f]{32}"));
    }

    @Test
    void requestIdIsEchoedUpToItsLimit() {
        String longest = "a".repeat(128);
        client.get()
                .uri("/ok")
                .header("X-Request-Id", longest)
                .exchange()
                .expectHeader()
                .valueEquals("X-Request-Id", longest);
        client.get()
                .uri("/ok")
                .header("X-Request-Id", longest + "a")
                .exchange()
                .expectHeader()
                .value("X-Request-Id", made -> assertThat(made).hasSize(32));
    }

    @Test
    void codesAreSnakeCaseAndStatusesAreErrors() {
        assertThatThrownBy(() -> Problem.of(HttpStatus.BAD_REQUEST, "Bad Code", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Problem.of(HttpStatus.OK, "fine", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    private static RouterFunction<ServerResponse> routes() {
        return route().GET("/ok", _ -> ServerResponse.ok().build())
                .GET("/fail/{how}", request -> Mono.error(failure(request.pathVariable("how"))))
                .build()
                .and(OtherMethods.of("/fail/{how}", HttpMethod.GET));
    }

    private static Throwable failure(String how) {
        return switch (how) {
            case "problem" -> BUSY.toException();
            case "bug" -> new IllegalStateException("secret");
            case "limit" -> new DataBufferLimitException("too much");
            case "rejected" -> new RejectedExecutionException();
            case "media" -> new UnsupportedMediaTypeStatusException(MediaType.TEXT_PLAIN, List.of());
            case "input" -> new ServerWebInputException("no");
            case "database" -> new DataAccessResourceFailureException("away");
            case "timeout" -> new QueryTimeoutException("slow");
            case "conflict" -> new ResponseStatusException(HttpStatus.CONFLICT);
            default -> new ResponseStatusException(HttpStatus.OK);
        };
    }
}
