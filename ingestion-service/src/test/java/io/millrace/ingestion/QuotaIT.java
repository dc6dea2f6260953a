package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.localstack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Two instances hold a tenant to its quota together. Of changes they can only hear: they would read quotas and keys again
 * after an hour.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaIT {
    private static final String JSON = "application/json";
    private static final String EVENT = "{\"event_type\":\"x\"}";
    private static final int QUOTA = 400;
    private static final int BURST_SECONDS = 1;
    private static final int WINDOW_SECONDS = 3;
    private static final int BATCH = 8;
    private static final int CONNECTIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final double NANOS = 1e9;

    private static final Map<String, String> HARDLY_EVER =
            Map.of("millrace.ingestion.quotas.fresh", "1h", "millrace.keys.fresh", "1h");

    private final LocalStack stack = FragileStack.get();
    private final RunningDoor one = RunningDoor.startBeside(stack, HARDLY_EVER);
    private final RunningDoor other = RunningDoor.startBeside(stack, HARDLY_EVER);
    private final String tenant = one.newTenant();
    private final String key = one.newKey(tenant, "\"ingest\"");

    @AfterEach
    void everythingRunsAgain() {
        stack.start();
        await().atMost(PATIENCE)
                .until(() -> gauge(one, "shares.age").value() < 2
                        && gauge(other, "shares.age").value() < 2);
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
    }

    @Test
    void tenantGetsItsQuotaFromAllInstancesTogether() {
        one.setQuota(tenant, QUOTA, BURST_SECONDS);
        try (Sender first = tenfold(one)) {
            try (Sender second = tenfold(other)) {
                awaitRefusals(first, second);
                awaitQuota("two instances", first, second);
                await().atMost(PATIENCE).until(() -> {
                    double half = rate(QUOTA, first);
                    return half > 0.3 * QUOTA && half < 0.7 * QUOTA;
                });
                assertThat(second.others()).isEmpty();
            }
            awaitQuota("one of them alone", first);
            assertThat(first.others()).isEmpty();
        }
    }

    @Test
    void sharesStayWhatTheyWereWhilePostgresIsAway() {
        one.setQuota(tenant, QUOTA, BURST_SECONDS);
        try (Sender first = tenfold(one);
                Sender second = tenfold(other)) {
            awaitRefusals(first, second);
            // Both know of each other: what they get together is what there is.
            await().atMost(PATIENCE).until(() -> rate(QUOTA, first, second) < 1.1 * QUOTA);
            stack.postgres().kill();
            await().atMost(PATIENCE).until(() -> gauge(one, "shares.age").value() > 3);
            awaitQuota("without PostgreSQL", first, second);

            stack.postgres().start();
            await().atMost(PATIENCE)
                    .until(() -> gauge(one, "shares.age").value() < 2
                            && gauge(other, "shares.age").value() < 2);
            awaitQuota("with it again", first, second);
            assertThat(first.others()).isEmpty();
            assertThat(second.others()).isEmpty();
        }
    }

    @Test
    void tenantThatComesWhilePostgresIsAwayIsHeldToItsQuota() {
        String late = one.newTenant();
        String lateKey = one.newKey(late, "\"ingest\"");
        // The key is known from before, a share is not.
        accepted(one.send(lateKey, JSON, EVENT));
        one.setQuota(late, 1, 1);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> one.send(lateKey, JSON, "[]").expectHeader().valueEquals("X-RateLimit-Limit", "1"));
        stack.postgres().kill();
        useUp(one, lateKey);
        refused(one.send(lateKey, JSON, EVENT));
    }

    @Test
    void changeIsEffectiveEverywhereWithinSeconds() {
        String shop = one.newTenant();
        String shopKey = one.newKey(shop, "\"ingest\"");
        assertThat(headers(one.send(shopKey, JSON, EVENT)).getFirst("X-RateLimit-Limit"))
                .isNull();
        for (int quota : List.of(500, 200)) {
            one.setQuota(shop, quota, 1);
            limitIs(Integer.toString(quota), shopKey);
        }
        one.admin()
                .delete()
                .uri("/admin/v1/tenants/{tenant}/quota", shop)
                .exchange()
                .expectStatus()
                .isNoContent();
        limitIs(null, shopKey);
    }

    private void limitIs(@Nullable String limit, String shopKey) {
        for (RunningDoor door : List.of(one, other)) {
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(
                                    headers(door.send(shopKey, JSON, EVENT)).getFirst("X-RateLimit-Limit"))
                            .isEqualTo(limit));
        }
    }

    @Test
    void everyAnswerTellsWhatIsLeft() {
        String shop = one.newTenant();
        String shopKey = one.newKey(shop, "\"ingest\"");
        one.setQuota(shop, "{\"events_per_second\":10,\"bytes_per_second\":1000000,\"burst_seconds\":2}");
        limitIs("10", shopKey);
        HttpHeaders malformed = headers(one.send(shopKey, JSON, "{"));
        assertThat(malformed.getFirst("X-RateLimit-Resource")).isEqualTo("events");
        assertThat(malformed.getFirst("X-RateLimit-Limit")).isEqualTo("10");
        String batch = "[" + EVENT + ",".concat(EVENT).repeat(99) + "]";
        assertThat(accepted(one.send(shopKey, JSON, batch)).getFirst("X-RateLimit-Remaining"))
                .isEqualTo("0");
        HttpHeaders told = refused(one.send(shopKey, JSON, batch));
        assertThat(told.getFirst("X-RateLimit-Resource")).isEqualTo("events");
        assertThat(told.getFirst("X-RateLimit-Remaining")).isEqualTo("0");
        // Of a hundred events some 80 at least are owed, which takes 8 s; up to as many again with two to share.
        assertThat(seconds(told, "Retry-After")).isBetween(5, 100);
        assertThat(seconds(told, "X-RateLimit-Reset")).isGreaterThanOrEqualTo(seconds(told, "Retry-After"));
    }

    @Test
    void bytesAreLimitedToo() {
        String shop = one.newTenant();
        String shopKey = one.newKey(shop, "\"ingest\"");
        one.setQuota(shop, "{\"bytes_per_second\":1000,\"burst_seconds\":1}");
        limitIs("1000", shopKey);
        accepted(one.send(shopKey, JSON, EVENT + " ".repeat(60_000)));
        HttpHeaders told = refused(one.send(shopKey, JSON, EVENT));
        assertThat(told.getFirst("X-RateLimit-Resource")).isEqualTo("bytes");
        assertThat(seconds(told, "Retry-After")).isBetween(30, 600);
    }

    @Test
    void keyThatStandsInABodyIsHeldToTheQuotaToo() {
        String shop = one.newTenant();
        String shopKey = one.newKey(shop, "\"ingest\"");
        one.setQuota(shop, 1, 1);
        limitIs("1", shopKey);
        useUp(one, shopKey);
        HttpHeaders told = refused(one.client()
                .post()
                .uri("/v1/track")
                .bodyValue("{\"event\":\"x\",\"writeKey\":\"" + shopKey + "\"}")
                .exchange());
        assertThat(told.getFirst("X-RateLimit-Limit")).isEqualTo("1");
    }

    /** Of a quota of one event a second there is nothing left for a minute. */
    private static void useUp(RunningDoor door, String key) {
        String batch = "[" + EVENT + ",".concat(EVENT).repeat(60) + "]";
        await().atMost(PATIENCE).untilAsserted(() -> accepted(door.send(key, JSON, batch)));
    }

    /** A coarse guard; {@code bench quotas} measures it. */
    @Test
    void tenantThatSendsTenTimesItsQuotaDoesNotHinderAnother() {
        String quiet = one.newIngestKey();
        one.setQuota(tenant, QUOTA, BURST_SECONDS);
        try (Sender calm = new Sender(one, quiet, 1, 100, 1)) {
            await().atMost(PATIENCE).until(() -> calm.latencies().size() >= 200);
            int alone = calm.latencies().size();
            try (Sender loud = tenfold(one)) {
                await().atMost(PATIENCE).until(() -> loud.refused() > 0);
                int from = calm.latencies().size();
                await().atMost(PATIENCE).until(() -> calm.latencies().size() >= from + 300);
                List<Long> all = calm.latencies();
                double before = p95Millis(all.subList(alone / 2, alone));
                double beside = p95Millis(all.subList(from, all.size()));
                System.out.printf("quiet tenant: p95 %.1f ms alone, %.1f ms beside%n", before, beside);
                assertThat(beside).isLessThan(3 * before + 50);
            }
            assertThat(calm.refused()).isZero();
            assertThat(calm.others()).isEmpty();
        }
    }

    private static double p95Millis(List<Long> latencies) {
        return latencies.stream()
                        .sorted()
                        .skip(latencies.size() * 95L / 100)
                        .findFirst()
                        .orElseThrow()
                / 1e6;
    }

    private Sender tenfold(RunningDoor door) {
        return new Sender(door, key, BATCH, 5 * QUOTA, CONNECTIONS);
    }

    /** What was saved up is used up. */
    private static void awaitRefusals(Sender... senders) {
        await().atMost(PATIENCE).until(() -> List.of(senders).stream().allMatch(sender -> sender.refused() > 10));
    }

    /**
     * Within a tenth of the quota. Less as long as the machine cannot send as much, or shares are on the move; what was
     * not sent then is saved up, and may come on top of it later, one burst at most.
     */
    private static void awaitQuota(String when, Sender... senders) {
        await().atMost(PATIENCE).until(() -> {
            double perSecond = rate(WINDOW_SECONDS * QUOTA, senders);
            System.out.printf("%s: %.1f events/s of %d%n", when, perSecond, QUOTA);
            double saved = (double) QUOTA * BURST_SECONDS / WINDOW_SECONDS;
            assertThat(perSecond).as(when).isLessThan(1.1 * QUOTA + saved);
            return perSecond > 0.9 * QUOTA && perSecond < 1.1 * QUOTA;
        });
    }

    /** {@return events accepted a second, over as long as it takes to accept so many} */
    private static double rate(int events, Sender... senders) {
        long begun = System.nanoTime();
        long before = accepted(senders);
        await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> accepted(senders) >= before + events);
        long after = accepted(senders);
        return (after - before) * NANOS / (System.nanoTime() - begun);
    }

    private static long accepted(Sender... senders) {
        return List.of(senders).stream().mapToLong(Sender::accepted).sum();
    }

    /** Takes the body in, too, or it would be left in Netty's memory. */
    private static HttpHeaders headers(WebTestClient.ResponseSpec response) {
        return response.expectBody().returnResult().getResponseHeaders();
    }

    private static HttpHeaders accepted(WebTestClient.ResponseSpec response) {
        return headers(response.expectStatus().isAccepted());
    }

    private static HttpHeaders refused(WebTestClient.ResponseSpec response) {
        return response.expectStatus()
                .isEqualTo(429)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("quota_exceeded")
                .returnResult()
                .getResponseHeaders();
    }

    private static int seconds(HttpHeaders headers, String name) {
        return Integer.parseInt(Objects.requireNonNull(headers.getFirst(name)));
    }

    private static Gauge gauge(RunningDoor door, String name) {
        return Objects.requireNonNull(door.context()
                .getBean(MeterRegistry.class)
                .find("millrace.ingestion.quota." + name)
                .gauge());
    }
}
