package io.millrace.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.kit.ServiceClient;
import io.millrace.kit.TestService;
import io.millrace.localstack.LocalStack;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Two instances that ask about a key once an hour: whatever they know of a change they have heard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyChangesIT {
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final Map<String, Object> HARDLY_EVER = Map.of("millrace.keys.fresh", "1h");

    private final ConfigurableApplicationContext one = TestService.start(LocalStack.shared(), HARDLY_EVER);
    private final ConfigurableApplicationContext other = TestService.start(LocalStack.shared(), HARDLY_EVER);
    private final ApiKeys keys = one.getBean(ApiKeys.class);
    private final DatabaseClient postgres = one.getBean(DatabaseClient.class);

    @BeforeAll
    void awaitListening() {
        awaitListening(one);
        awaitListening(other);
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void revokedKeyIsRefusedEverywhereWithinASecond() {
        IssuedKey issued = issued(newTenant());
        isServed(issued);
        keys.revoke(issued.key().id()).block();
        isRefusedWithin(PROMISED, issued);
    }

    @Test
    void keysOfADisabledTenantAreRefusedEverywhereWithinASecond() {
        Tenant tenant = newTenant();
        IssuedKey issued = issued(tenant);
        isServed(issued);
        setDisabled(tenant, "now()");
        isRefusedWithin(PROMISED, issued);
        setDisabled(tenant, "NULL");
        await().atMost(PROMISED).untilAsserted(() -> isServed(issued));
    }

    @Test
    void deletedKeyIsRefusedEverywhereWithinASecond() {
        IssuedKey issued = issued(newTenant());
        isServed(issued);
        postgres.sql("DELETE FROM api_keys WHERE id = :id")
                .bind("id", issued.key().id())
                .then()
                .block();
        isRefusedWithin(PROMISED, issued);
    }

    @Test
    void rotatedKeyGoesOnForItsGraceAndNoLonger() {
        IssuedKey old = issued(newTenant());
        isServed(old);
        IssuedKey made = Objects.requireNonNull(
                keys.rotate(old.key(), Duration.ofHours(1)).block());
        isServed(made);
        isServed(old);
        assertThat(made.key().scopes()).isEqualTo(old.key().scopes());
        assertThat(made.key().expiresAt()).isNull();
        ApiKey ending = Objects.requireNonNull(keys.find(old.key().id()).block());
        assertThat(ending.expiresAt())
                .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_700));

        // A second time, at once: the grace of the first is not made longer by a longer one.
        assertThat(keys.rotate(ending, Duration.ofHours(9)).block()).isNotNull();
        assertThat(Objects.requireNonNull(keys.find(old.key().id()).block()).expiresAt())
                .isEqualTo(ending.expiresAt());
        assertThat(keys.rotate(ending, Duration.ZERO).block()).isNotNull();
        isRefusedWithin(PROMISED, old);
        assertThat(keys.rotate(ending, Duration.ZERO).blockOptional()).isEmpty();
    }

    @Test
    void changeThatNobodyCouldHearIsLearntAsSoonAsItCanBe() {
        IssuedKey issued = issued(newTenant());
        isServed(issued);
        // A second passes until they listen again. The pool's connections may be among these.
        postgres.sql("""
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE application_name = 'test-service' AND pid != pg_backend_pid()""").fetch().all().collectList().block();
        keys.revoke(issued.key().id()).retry(10).block();
        isRefusedWithin(Duration.ofSeconds(10), issued);
        awaitListening(one);
        awaitListening(other);
    }

    private void isServed(IssuedKey issued) {
        for (ConfigurableApplicationContext service : List.of(one, other)) {
            me(service, issued).expectStatus().isOk();
        }
    }

    private void isRefusedWithin(Duration most, IssuedKey issued) {
        await().atMost(most).untilAsserted(() -> {
            me(one, issued).expectStatus().isUnauthorized();
            me(other, issued).expectStatus().isUnauthorized();
        });
    }

    private void setDisabled(Tenant tenant, String at) {
        postgres.sql("UPDATE tenants SET disabled_at = " + at + " WHERE tenant = :tenant")
                .bind("tenant", tenant.name())
                .then()
                .block();
    }

    private Tenant newTenant() {
        Tenant tenant = new Tenant("t-" + UUID.randomUUID());
        assertThat(one.getBean(Tenants.class).create(tenant, "A shop").blockOptional())
                .isPresent();
        return tenant;
    }

    private IssuedKey issued(Tenant tenant) {
        return Objects.requireNonNull(keys.create(tenant, new KeyRequest("", Set.of(Scope.QUERY), List.of(), null))
                .block());
    }

    private static void awaitListening(ConfigurableApplicationContext service) {
        await().untilAsserted(() -> client(service)
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectBody()
                .jsonPath("$.components.keys.details.hears_of_changes")
                .isEqualTo(true));
    }

    private static WebTestClient.ResponseSpec me(ConfigurableApplicationContext service, IssuedKey issued) {
        return client(service)
                .get()
                .uri("/v1/me")
                .header("Authorization", "Bearer " + issued.text())
                .exchange();
    }

    private static WebTestClient client(ConfigurableApplicationContext service) {
        return ServiceClient.of(TestService.url(service));
    }
}
