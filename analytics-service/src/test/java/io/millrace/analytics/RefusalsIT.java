package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** What is not answered, and what is said instead. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsIT {
    private static final String DAY = "from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z";
    private static final Instant NOON = Instant.parse("2001-01-31T12:00:00Z");

    private final LocalStack stack = LocalStack.shared();
    private final RunningService service = RunningService.start(
            stack,
            Map.of(
                    "millrace.questions.points-max", "50",
                    "millrace.store.users-max", "300B",
                    "millrace.tenants.calls-max", "1",
                    "millrace.tenants.waiting-max", "1",
                    // What is written here comes from no log, so nothing tells that a kept result is old.
                    "millrace.history.memory-max", "0"));
    private final EventTables tables = new EventTables(stack);
    private final Tenant tenant = service.newTenant();
    private final String key = service.key(tenant, Scope.QUERY);

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/counts", "/v1/timeseries", "/v1/uniques", "/v1/top"})
    void keyIsNeeded(String path) {
        Reply missing = service.get(path, DAY, "");
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.code()).isEqualTo("key_missing");
        Reply wrong = service.get(path, DAY, "mr_q_" + "x".repeat(40));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("key_invalid");
        for (Scope scope : List.of(Scope.INGEST, Scope.ADMIN)) {
            Reply other = service.get(path, DAY, service.key(tenant, scope));
            assertThat(other.status()).isEqualTo(403);
            assertThat(other.code()).isEqualTo("scope_missing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/counts, parameter_unknown, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&filter=a",
        "/v1/counts, parameter_repeated, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&to=2001-02-01T00:00:00Z",
        "/v1/counts, group_by_unsupported, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&group_by=tenant",
        "/v1/counts, from_missing, ''",
        "/v1/counts, range_too_long, from=1900-01-01T00:00:00Z&to=2001-02-01T00:00:00Z",
        "/v1/timeseries, interval_missing, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z",
        "/v1/timeseries, interval_invalid, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&interval=fortnight",
        "/v1/timeseries, timezone_invalid, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&interval=day&timezone=Here",
        // The plus that was not encoded arrives as a space.
        "/v1/timeseries, timezone_invalid, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&interval=day&timezone=+01:00",
        "/v1/counts, parameter_unknown, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&timezone=UTC",
        "/v1/timeseries, fill_invalid, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&interval=day&fill=null",
        "/v1/counts, parameter_unknown, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&fill=none",
        "/v1/uniques, interval_missing, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&fill=none",
        "/v1/uniques, group_by_unsupported, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&group_by=user_id",
        "/v1/top, group_by_unsupported, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&group_by=none",
        "/v1/top, order_by_invalid, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&order_by=size",
        "/v1/top, limit_invalid, from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z&limit=1001",
        "/v1/timeseries, points_too_many, from=2001-01-31T00:00:00Z&to=2001-02-03T00:00:00Z&interval=hour",
    })
    void mistakesHaveTheirCodes(String path, String code, String query) {
        Reply reply = service.get(path, query, key);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.body().path("request_id").asString())
                .isEqualTo(reply.headers().get("X-Request-Id"));
    }

    @Test
    void unknownPathsAndMethodsAreTold() {
        assertThat(service.get("/v1/count", DAY, key).code()).isEqualTo("not_found");
        assertThat(service.get("/", "", "").code()).isEqualTo("not_found");
        for (String path : List.of("/v1/counts", "/v1/timeseries", "/openapi.yaml")) {
            Reply reply = service.exchange(HttpMethod.POST, path, "", key);
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.headers()).containsEntry("Allow", "GET");
        }
    }

    @Test
    void mostPointsAreAnsweredAndOneMoreIsNot() {
        Tenant many = service.newTenant();
        String manyKey = service.key(many, Scope.QUERY);
        tables.insert(events(many, 0, 50));
        Reply most = service.get("/v1/counts", DAY, manyKey);
        assertThat(most.body().path("groups")).hasSize(50);
        tables.insert(events(many, 50, 51));
        Reply tooMany = service.get("/v1/counts", DAY, manyKey);
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.code()).isEqualTo("answer_too_large");
        assertThat(service.get("/v1/timeseries", DAY + "&interval=day", manyKey).code())
                .isEqualTo("answer_too_large");
        assertThat(service.get("/v1/counts", DAY + "&event_type=type-7", manyKey)
                        .body()
                        .path("groups"))
                .hasSize(1);
    }

    @Test
    void mostPointsAreFilledInAndOneMoreIsNot() {
        Tenant some = service.newTenant();
        String someKey = service.key(some, Scope.QUERY);
        tables.insert(events(some, 100, 102));
        String minutes = "interval=minute&from=2001-01-31T12:00:00Z&to=2001-01-31T12:";
        assertThat(points(service.get("/v1/timeseries", minutes + "25:00Z", someKey)))
                .isEqualTo(50);
        tables.insert(events(some, 102, 103));
        // Of the three types that have events now.
        assertThat(points(service.get("/v1/timeseries", minutes + "16:00Z", someKey)))
                .isEqualTo(48);
        assertThat(service.get("/v1/timeseries", minutes + "16:00.001Z", someKey)
                        .code())
                .isEqualTo("answer_too_large");
        assertThat(points(service.get("/v1/timeseries", minutes + "16:00.001Z&fill=none", someKey)))
                .isEqualTo(3);
    }

    @Test
    void typesThatAreNamedCountWithoutHavingEvents() {
        String minutes = "interval=minute&from=2001-01-31T12:00:00Z&to=2001-01-31T12:";
        String three = "&event_type=a&event_type=b&event_type=c";
        assertThat(points(service.get("/v1/timeseries", minutes + "10:00Z&event_type=d&event_type=e" + three, key)))
                .isEqualTo(50);
        Reply tooMany = service.get("/v1/timeseries", minutes + "17:00Z" + three, key);
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.code()).isEqualTo("answer_too_large");
        assertThat(points(service.get("/v1/timeseries", minutes + "17:00Z&fill=none" + three, key)))
                .isZero();
    }

    @Test
    void usersFillTheirMemoryAndOneMoreIsTooMany() {
        Tenant crowd = service.newTenant();
        String crowdKey = service.key(crowd, Scope.QUERY);
        // A set has two bytes and four for each user.
        tables.insert(users(crowd, 0, 74));
        assertThat(service.get("/v1/uniques", DAY, crowdKey)
                        .body()
                        .at("/groups/0/users")
                        .asInt())
                .isEqualTo(74);
        tables.insert(users(crowd, 74, 75));
        Reply tooMany = service.get("/v1/uniques", DAY, crowdKey);
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.code()).isEqualTo("answer_too_large");
        assertThat(service.get("/v1/counts", DAY, crowdKey).status()).isEqualTo(200);
    }

    private static List<StoredEvent> users(Tenant of, int start, int end) {
        return IntStream.range(start, end)
                .mapToObj(i -> new StoredEvent(of, "visit", NOON, NOON, null, 1, 7, 5_000L + i, "user-" + i, ""))
                .toList();
    }

    @Test
    void questionsOfOneTenantWaitForOneAnotherAndNotForLong() {
        String otherKey = service.key(service.newTenant(), Scope.QUERY);
        await().untilAsserted(() -> {
            List<Reply> replies = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Reply>> asked = IntStream.range(0, 40)
                        .mapToObj(i -> threads.submit(() ->
                                service.get("/v1/counts", DAY + "&event_type=type-" + i, i % 10 == 0 ? otherKey : key)))
                        .toList();
                for (Future<Reply> reply : asked) {
                    replies.add(reply.get());
                }
            }
            assertThat(replies).extracting(Reply::status).contains(200, 429).containsOnly(200, 429);
            replies.stream().filter(reply -> reply.status() == 429).forEach(refused -> {
                assertThat(refused.code()).isEqualTo("too_many_questions");
                assertThat(refused.headers()).containsEntry("Retry-After", "1");
            });
        });
        assertThat(service.get("/v1/counts", DAY, key).status()).isEqualTo(200);
    }

    private static int points(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return reply.body()
                .path("series")
                .valueStream()
                .mapToInt(series -> series.path("points").size())
                .sum();
    }

    private static List<StoredEvent> events(Tenant of, int start, int end) {
        List<StoredEvent> rows = new ArrayList<>();
        for (int i = start; i < end; i++) {
            rows.add(new StoredEvent(of, "type-" + i, NOON, NOON.plusSeconds(9), BigDecimal.ONE, 1, 5, 1_000L + i));
        }
        return rows;
    }

    @Test
    void everyDocumentedPathIsServedAndTheDocumentIsOneOfItsKind() {
        assertThat(service.api().document().path("openapi").asString()).startsWith("3.1.");
        for (String path : service.api().document().path("paths").propertyNames()) {
            int status = service.client()
                    .get()
                    .uri(path)
                    .exchange()
                    .expectBody()
                    .returnResult()
                    .getStatus()
                    .value();
            assertThat(status).as(path).isIn(200, 401);
        }
    }

    @Test
    void questionsAreMeasured() {
        service.get("/v1/counts", DAY, key);
        service.get("/v1/timeseries", DAY + "&interval=year", key);
        String scrape = Objects.requireNonNull(service.client()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        assertThat(scrape)
                .contains("# HELP millrace_analytics_questions_seconds Time to answer questions")
                .containsPattern("millrace_analytics_questions_seconds_count\\{[^}]*endpoint=\"counts\","
                        + "[^}]*outcome=\"answered\",[^}]*table=\"events_per_hour\"[^}]*} [1-9]")
                .containsPattern("millrace_analytics_questions_seconds_count\\{[^}]*endpoint=\"timeseries\","
                        + "[^}]*outcome=\"interval_invalid\",[^}]*table=\"none\"[^}]*} [1-9]");
    }
}
