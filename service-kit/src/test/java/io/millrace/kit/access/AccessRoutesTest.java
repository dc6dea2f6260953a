package io.millrace.kit.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.kit.TestClock;
import io.millrace.kit.breaker.TestBreaker;
import io.millrace.kit.metrics.Meters;
import io.millrace.kit.problem.ProblemErrors;
import io.millrace.log.Tenant;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

class AccessRoutesTest {
    private static final String ADMIN_TOKEN = "0123456789abcdef";

    private final Random random = new Random(7);
    private final Map<Integer, ApiKey> stored = new HashMap<>();
    private boolean databaseAway;
    private final String ingestKey = store(Set.of(Scope.INGEST), List.of());
    private final String queryKey = store(Set.of(Scope.QUERY), List.of());
    private final String webKey = store(Set.of(Scope.INGEST), List.of("https://shop.example"));
    private final WebTestClient client = WebTestClient.bindToRouterFunction(routes())
            .handlerStrategies(HandlerStrategies.empty()
                    .codecs(codecs -> codecs.registerDefaults(true))
                    .exceptionHandler(new ProblemErrors())
                    .build())
            .build();

    @Test
    void keyGivesTheTenant() {
        get("/ingest", "Bearer " + ingestKey)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("shop");
        get("/ingest", "bearer " + ingestKey).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic abc", "Bearer", "Bearer "})
    void requestWithoutKeyIsChallenged(String header) {
        expect(get("/ingest", header), 401, "key_missing").expectHeader().valueMatches("WWW-Authenticate", "Bearer .*");
    }

    @Test
    void strangeKeyIsInvalid() {
        expect(get("/ingest", "Bearer " + KeyText.made(random, Set.of(Scope.INGEST))), 401, "key_invalid")
                .expectHeader()
                .valueMatches("WWW-Authenticate", "Bearer .*invalid_token.*");
    }

    @Test
    void keyWithoutTheScopeIsForbidden() {
        expect(get("/ingest", "Bearer " + queryKey), 403, "scope_missing");
    }

    @Test
    void publicKeyWorksFromItsOriginsOnly() {
        client.get()
                .uri("/ingest")
                .header("Authorization", "Bearer " + webKey)
                .header("Origin", "https://shop.example")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals(
                        "Access-Control-Expose-Headers",
                        "X-Request-Id, Retry-After, X-RateLimit-Resource, X-RateLimit-Limit, X-RateLimit-Remaining,"
                                + " X-RateLimit-Reset");
        expect(
                client.get()
                        .uri("/ingest")
                        .header("Authorization", "Bearer " + webKey)
                        .header("Origin", "https://evil.example")
                        .exchange(),
                403,
                "origin_refused");
        expect(get("/ingest", "Bearer " + webKey), 403, "origin_refused");
    }

    @Test
    void strangerIsToldToComeBackWhileTheDatabaseIsAway() {
        databaseAway = true;
        expect(get("/ingest", "Bearer " + ingestKey), 503, "keys_unavailable")
                .expectHeader()
                .valueEquals("Retry-After", "2");
    }

    @Test
    void adminRoutesTakeTheAdminTokenOnly() {
        get("/admin", "Bearer " + ADMIN_TOKEN).expectStatus().isOk();
        expect(get("/admin", ""), 401, "key_missing");
        expect(get("/admin", "Bearer " + ingestKey), 401, "key_invalid");
        expect(get("/admin", "Bearer " + ADMIN_TOKEN + "0"), 401, "key_invalid");
    }

    @Test
    void routeWithoutDemandHasNoCaller() {
        expect(get("/forgotten", "Bearer " + ingestKey), 500, "internal_error");
    }

    @Test
    void adminTokenHasALeastLengthAndIsNotPrinted() {
        org.assertj.core.api.Assertions.assertThat(new AdminSettings(ADMIN_TOKEN).toString())
                .doesNotContain(ADMIN_TOKEN);
        assertThatThrownBy(() -> new AdminSettings(ADMIN_TOKEN.substring(1)))
                .hasMessageContaining("millrace.admin.token");
    }

    private WebTestClient.ResponseSpec get(String path, String authorization) {
        return client.get().uri(path).header("Authorization", authorization).exchange();
    }

    private static WebTestClient.ResponseSpec expect(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status);
        answer.expectBody().jsonPath("$.code").isEqualTo(code);
        return answer;
    }

    private RouterFunction<ServerResponse> routes() {
        KeySettings settings = new KeySettings(
                Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(2), 10, 10);
        BearerAccess bearer = new BearerAccess(new KeyCache(
                new KeyLookup(this::lookup, settings.lookupTimeout(), TestBreaker.around("postgres", KeyLookup::judge)),
                settings,
                new TestClock(),
                new KeyMetrics(new Meters(new SimpleMeterRegistry()))));
        return route().GET(
                        "/ingest",
                        request -> ServerResponse.ok()
                                .bodyValue(Caller.of(request).tenant().name()))
                .filter(bearer.demand(Scope.INGEST))
                .build()
                .and(route().GET("/admin", _ -> ServerResponse.ok().build())
                        .filter(new AdminAccess(ADMIN_TOKEN).demand())
                        .build())
                .and(route().GET(
                                "/forgotten",
                                request -> ServerResponse.ok()
                                        .bodyValue(Caller.of(request).tenant().name()))
                        .build());
    }

    private Mono<Optional<ApiKey>> lookup(byte[] hash) {
        return databaseAway
                ? Mono.error(new R2dbcTransientResourceException("away"))
                : Mono.just(Optional.ofNullable(stored.get(Arrays.hashCode(hash))));
    }

    private String store(Set<Scope> scopes, List<String> origins) {
        String text = KeyText.made(random, scopes);
        stored.put(
                Arrays.hashCode(KeyText.hash(text)),
                new ApiKey(
                        new UUID(0, stored.size()),
                        new Tenant("shop"),
                        KeyText.prefix(text),
                        "",
                        scopes,
                        origins,
                        Instant.EPOCH,
                        null,
                        null));
        return text;
    }
}
