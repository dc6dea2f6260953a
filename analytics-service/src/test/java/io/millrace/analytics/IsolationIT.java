package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import io.millrace.log.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A tenant's key and every way to ask that there is: nothing of another tenant comes out, stored, live or kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationIT {
    private static final String SECRET = "nobody-else-has-this-type";

    private final LocalStack stack = LocalStack.shared();
    private final RunningService service = RunningService.start(stack, Map.of());
    private final Tenant owner = service.newTenant();
    private final Tenant stranger = service.newTenant();
    private final String ownersKey = service.key(owner, Scope.QUERY);
    private final String strangersKey = service.key(stranger, Scope.QUERY);
    private final Instant now = service.bean(Clock.class).instant();
    private final String range = "from=" + now.minus(Duration.ofHours(1)) + "&to=" + now.plus(Duration.ofHours(1));

    @BeforeAll
    void storeAndSend() throws ExecutionException, InterruptedException {
        int live;
        try (Topic topic = new Topic(stack)) {
            live = topic.send(owner, Event.ofType(SECRET).withId(EventId.of("secret")))
                    .get()
                    .partition();
        }
        // Of another partition: what is stored at an offset says that all before it is.
        int stored = (live + 1) % EventTopic.PARTITIONS_DEFAULT;
        new EventTables(stack)
                .insert(List.of(new StoredEvent(owner, SECRET, now.minusSeconds(60), now, null, 1, stored, 1_000_000)));
        // Its owner sees both, and so both have been kept and counted when the stranger asks.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Recount.linesOf(
                                service.get("/v1/counts", range, ownersKey).body()))
                        .containsExactly(SECRET + "  2"));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        service.api().document().path("paths").forEachEntry((path, methods) -> {
            if (methods.path("get").path("security").isMissingNode()) {
                paths.add(path);
            }
        });
        return paths;
    }

    private List<String> parameters(String path) {
        JsonNode document = service.api().document();
        List<String> names = new ArrayList<>();
        document.at("/paths/" + path.replace("/", "~1") + "/get/parameters").forEach(parameter -> {
            String name = parameter.path("$ref").asString().replaceFirst(".*/", "");
            names.add(document.at("/components/parameters/" + name + "/name").asString());
        });
        return names;
    }

    /** What somebody would try who knows the other tenant's name and how it is called in the log. */
    private Stream<String> attempts(String path) {
        List<String> values = List.of(
                owner.name(),
                SECRET,
                SECRET + "' OR tenant='" + owner.name(),
                "x') OR tenant = '" + owner.name() + "' --",
                "{tenant:String}",
                "*");
        TreeSet<String> names = new TreeSet<>(parameters(path));
        names.addAll(List.of("tenant", "tenants", "tenant_id", EventTopic.TENANT_HEADER, "key", "filter", "user"));
        return names.stream().flatMap(name -> values.stream().map(value -> name + "=" + RunningService.encoded(value)));
    }

    private static void showsNothing(Reply reply) {
        // The type that was asked for is named in a series of zeros, and its events are not.
        assertThat(Recount.linesOf(reply.body())).allMatch(line -> line.matches(".*Z 0"));
        assertThat(reply.body().toString()).doesNotContain("\"count\":1", "\"count\":2");
    }

    @Test
    void noParameterOpensAnotherTenant() {
        assertThat(paths()).contains("/v1/counts", "/v1/timeseries", "/v1/uniques", "/v1/top");
        for (String path : paths()) {
            String base = range + (path.endsWith("timeseries") ? "&interval=hour" : "");
            showsNothing(service.get(path, base, strangersKey));
            attempts(path).forEach(attempt -> showsNothing(service.get(path, base + "&" + attempt, strangersKey)));
        }
    }

    @Test
    void noHeaderOpensAnotherTenant() {
        for (String header : List.of(
                "tenant", "X-Tenant", "X-Tenant-Id", EventTopic.TENANT_HEADER, "X-Forwarded-User", "X-Original-URL")) {
            String body = Objects.requireNonNull(service.client()
                    .get()
                    .uri(service.url() + "/v1/counts?" + range)
                    .headers(headers -> headers.setBearerAuth(strangersKey))
                    .header(header, owner.name())
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody());
            assertThat(body).contains("\"groups\":[]").doesNotContain(SECRET);
        }
    }

    @Test
    void twoKeysAtOnceAreNoKey() {
        service.client()
                .get()
                .uri(service.url() + "/v1/counts?" + range)
                .header("Authorization", "Bearer " + strangersKey + ", Bearer " + ownersKey)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }
}
