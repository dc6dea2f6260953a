package io.millrace.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kit.access.ApiKey;
import io.millrace.kit.access.ApiKeys;
import io.millrace.kit.access.IssuedKey;
import io.millrace.kit.access.KeyRequest;
import io.millrace.kit.access.Scope;
import io.millrace.kit.access.Tenants;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import io.millrace.log.LogTerms;
import io.millrace.log.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.scheduler.Schedulers;

class ServiceOnRealServersIT {
    private static final Duration FRESH = Duration.ofMillis(300);

    private static final AtomicReference<ConfigurableApplicationContext> SERVICE = new AtomicReference<>();
    private static final AtomicReference<WebTestClient> CLIENT = new AtomicReference<>();

    @BeforeAll
    static void start() {
        ConfigurableApplicationContext service =
                TestService.start(LocalStack.shared(), Map.of("millrace.keys.fresh", FRESH.toMillis() + "ms"));
        SERVICE.set(service);
        CLIENT.set(ServiceClient.of(TestService.url(service)));
    }

    @AfterAll
    static void stop() {
        ConfigurableApplicationContext service = SERVICE.get();
        if (service != null) {
            service.close();
        }
    }

    @Test
    void eventLogIsTheOneThatMigrateMade() {
        EventLog log = bean(EventLog.class);
        assertThat(log.topic()).isEqualTo(EventTopic.NAME);
        assertThat(log.terms().logId()).isPositive();
        assertThat(log.terms())
                .isEqualTo(new LogTerms(
                        log.terms().logId(),
                        EventTopic.PARTITIONS_DEFAULT,
                        LogTerms.DUPLICATE_WINDOW_OFFSETS_DEFAULT,
                        LogTerms.DUPLICATE_WINDOW_TIME_DEFAULT,
                        LogTerms.TIMESTAMP_SKEW_MAX_DEFAULT));
    }

    @Test
    void uniqueHashKeysAreThoseOfTheViews() {
        UniqueHashKeys keys = bean(UniqueHashKeys.class);
        assertThat(bean(ClickHouse.class)
                        .call(client -> client.queryAll("SELECT create_table_query AS text FROM system.tables"
                                + " WHERE database = currentDatabase() AND engine = 'MaterializedView'"
                                + " AND create_table_query LIKE '%uniqStateIf%'"))
                        .block())
                .hasSize(2)
                .allSatisfy(view -> assertThat(view.getString("text"))
                        .contains("sipHash64Keyed((toUInt64(%s), toUInt64(%s)), user_id)"
                                .formatted(Long.toUnsignedString(keys.key0()), Long.toUnsignedString(keys.key1()))));
        assertThat(keys.toString()).doesNotContain(Long.toString(keys.key0()), Long.toString(keys.key1()));
    }

    @Test
    void keyWorksFromItsMakingToItsRevocation() {
        Tenant tenant = newTenant();
        IssuedKey issued = issue(tenant, Set.of(Scope.QUERY, Scope.INGEST));
        assertThat(bean(ApiKeys.class).list(tenant).collectList().block()).containsExactly(issued.key());
        me(issued.text()).expectStatus().isOk().expectBody(String.class).isEqualTo(tenant.name());

        ApiKey revoked = Objects.requireNonNull(
                bean(ApiKeys.class).revoke(issued.key().id()).block());
        assertThat(revoked.revokedAt()).isNotNull();
        assertThat(bean(ApiKeys.class).revoke(issued.key().id()).block()).isEqualTo(revoked);
        org.awaitility.Awaitility.await()
                .atMost(FRESH.plusSeconds(2))
                .untilAsserted(() -> me(issued.text()).expectStatus().isUnauthorized());
    }

    @Test
    void keyKeepsAllThatWasAskedFor() {
        Tenant tenant = newTenant();
        Instant expiry = Instant.parse("2999-01-01T00:00:00Z");
        KeyRequest request = new KeyRequest("web shop", Set.of(Scope.INGEST), List.of("https://shop.example"), expiry);
        IssuedKey issued = Objects.requireNonNull(
                bean(ApiKeys.class).create(tenant, request).block());
        assertThat(issued.key())
                .extracting(ApiKey::label, ApiKey::scopes, ApiKey::origins, ApiKey::expiresAt, ApiKey::revokedAt)
                .containsExactly("web shop", Set.of(Scope.INGEST), List.of("https://shop.example"), expiry, null);
        assertThat(issued.text()).startsWith(issued.key().prefix());
    }

    @Test
    void disabledTenantsKeyIsRefused() {
        Tenant tenant = newTenant();
        IssuedKey issued = issue(tenant, Set.of(Scope.QUERY));
        bean(org.springframework.r2dbc.core.DatabaseClient.class)
                .sql("UPDATE tenants SET disabled_at = now() WHERE tenant = :tenant")
                .bind("tenant", tenant.name())
                .then()
                .block();
        me(issued.text())
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("key_invalid");
        assertThat(bean(ApiKeys.class)
                        .create(tenant, new KeyRequest("", Set.of(Scope.QUERY), List.of(), null))
                        .blockOptional())
                .isEmpty();
    }

    @Test
    void tenantIsMadeOnceAndListed() {
        Tenant tenant = newTenant();
        assertThat(bean(Tenants.class).create(tenant, "again").blockOptional()).isEmpty();
        assertThat(bean(Tenants.class).list().collectList().block())
                .filteredOn(account -> account.tenant().equals(tenant))
                .singleElement()
                .satisfies(account -> assertThat(account.name()).isEqualTo("A shop"));
    }

    @Test
    void strangersGetNoKeys() {
        assertThat(bean(ApiKeys.class).revoke(new UUID(0, 0)).blockOptional()).isEmpty();
        assertThat(bean(ApiKeys.class)
                        .create(new Tenant("nobody"), new KeyRequest("", Set.of(Scope.QUERY), List.of(), null))
                        .blockOptional())
                .isEmpty();
    }

    @Test
    void clickHouseCallsRunOffTheEventLoop() {
        Boolean nonBlocking = bean(ClickHouse.class)
                .call(client -> {
                    assertThat(client.queryAll("SELECT 42 AS answer").getFirst().getInteger("answer"))
                            .isEqualTo(42);
                    return Schedulers.isInNonBlockingThread()
                            || !Thread.currentThread().isVirtual();
                })
                .block();
        assertThat(nonBlocking).isFalse();
    }

    @Test
    void insertsAreSynchronousByDefault() {
        assertThat(bean(ClickHouse.class)
                        .call(client -> client.queryAll("SELECT getSetting('async_insert')::String AS value")
                                .getFirst()
                                .getString("value"))
                        .block())
                .isIn("0", "false");
    }

    @Test
    void readinessNamesEveryServer() {
        for (String path : List.of("/actuator/health/readiness", "/readyz")) {
            client().get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.components.kafka.details.brokers")
                    .isEqualTo(1)
                    .jsonPath("$.components.clickhouse.status")
                    .isEqualTo("UP")
                    .jsonPath("$.components.keys.details.degraded")
                    .isEqualTo(false);
        }
        for (String path : List.of("/actuator/health/liveness", "/livez")) {
            client().get().uri(path).exchange().expectStatus().isOk();
        }
    }

    /** Answers made by other threads than the connection's: where one in a hundred used to get stuck. */
    @Test
    void keptConnectionAnswersEveryRequest() throws Exception {
        try (HttpClient oneConnection =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(TestService.url(SERVICE.get()) + "/livez"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            for (int i = 0; i < 1_000; i++) {
                assertThat(oneConnection
                                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void everyMeterHasAHelpTextAndTheServicesName() {
        client().get().uri("/v1/me").exchange().expectStatus().isUnauthorized();
        String scrape = Objects.requireNonNull(client().get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        List<String> lines = scrape.lines().toList();
        long meters = lines.stream().filter(line -> line.startsWith("# TYPE ")).count();
        assertThat(lines.stream().filter(line -> line.matches("# HELP \\S+ \\S.*")))
                .hasSize((int) meters);
        assertThat(lines.stream().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allMatch(line -> line.contains("service=\"test-service\""));
        assertThat(scrape).contains("# HELP http_server_requests_seconds Time to answer HTTP requests");
    }

    @Test
    void problemsComeFromTheRealServerToo() {
        client().get()
                .uri("/nowhere")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .exists("X-Request-Id")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("not_found");
        client().delete()
                .uri("/actuator/health")
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("method_not_allowed");
    }

    private static Tenant newTenant() {
        Tenant tenant = new Tenant("t-" + UUID.randomUUID());
        assertThat(bean(Tenants.class).create(tenant, "A shop").blockOptional()).isPresent();
        return tenant;
    }

    private static IssuedKey issue(Tenant tenant, Set<Scope> scopes) {
        return Objects.requireNonNull(bean(ApiKeys.class)
                .create(tenant, new KeyRequest("test", scopes, List.of(), null))
                .block());
    }

    private static WebTestClient.ResponseSpec me(String key) {
        return client().get()
                .uri("/v1/me")
                .header("Authorization", "Bearer " + key)
                .exchange();
    }

    private static WebTestClient client() {
        return Objects.requireNonNull(CLIENT.get());
    }

    private static <T> T bean(Class<T> type) {
        return Objects.requireNonNull(SERVICE.get()).getBean(type);
    }
}
