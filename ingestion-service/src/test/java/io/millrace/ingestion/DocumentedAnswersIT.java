package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.ingestion.Documented.Answer;
import io.millrace.ingestion.admin.AdminRoutesOf;
import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** openapi.yaml says what the running service does: every answer it lists is got, and no other is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedAnswersIT {
    private static final String EVENTS = "/v1/events";
    private static final String TENANTS = "/admin/v1/tenants";
    private static final String KEYS = "/admin/v1/tenants/{tenant}/keys";
    private static final String KEY = "/admin/v1/keys/{id}";
    private static final String ROTATION = KEY + "/rotate";
    private static final String PIXEL = "/v1/pixel";
    private static final String QUOTA = "/admin/v1/tenants/{tenant}/quota";
    private static final String RULES = "/admin/v1/tenants/{tenant}/rules";
    private static final String RULE = RULES + "/{event_type}";
    private static final String ORIGIN = "https://shop.example";
    private static final int REQUESTS_MAX = 25;
    /** More than are made here of any tier before it is about limits. */
    private static final int CALLS_MAX = 200;

    private static final String EVENT = "{\"event_type\":\"x\"}";

    private final LocalStack stack = FragileStack.get();
    private final RunningDoor door = RunningDoor.start(
            stack,
            Map.ofEntries(
                    Map.entry("millrace.ingestion.body-size-max", "100KB"),
                    Map.entry("millrace.ingestion.decompressed-size-max", "128KB"),
                    Map.entry("millrace.ingestion.in-flight-size-max", "128KB"),
                    Map.entry("millrace.ingestion.in-flight-requests-max", Integer.toString(REQUESTS_MAX)),
                    Map.entry("millrace.ingestion.events-max", "10"),
                    Map.entry("millrace.ingestion.body-timeout", "1s"),
                    Map.entry("millrace.ingestion.kafka.delivery-timeout", "6s"),
                    Map.entry("millrace.ingestion.kafka.slow-after", "6s"),
                    Map.entry("millrace.ingestion.kafka.request-timeout", "1s"),
                    Map.entry("millrace.admin.body-timeout", "1s"),
                    Map.entry("millrace.admin.limits.strict", Integer.toString(CALLS_MAX)),
                    Map.entry("millrace.admin.limits.standard", Integer.toString(CALLS_MAX)),
                    Map.entry("millrace.admin.limits.generation", Integer.toString(CALLS_MAX)),
                    Map.entry("millrace.admin.limits.auth", Integer.toString(CALLS_MAX))));
    private final HttpClient http = HttpClient.newHttpClient();
    private final Documented documented = Documented.read();
    private final Set<Answer> seen = new ConcurrentSkipListSet<>();
    private final String tenant = door.newTenant();
    private String webKey = "";
    private final String ingest = door.newKey(tenant, "\"ingest\"");

    @AfterEach
    void everythingRunsAgain() {
        stack.kafka().thaw();
        stack.start();
    }

    @AfterAll
    void stop() {
        door.close();
    }

    @Test
    void documentedAnswersAreThoseThatAreGiven() throws Exception {
        goodAndBadBodies();
        keysAndScopes();
        pixels();
        segment();
        tenants();
        keysOfTenants();
        quotas();
        overQuota();
        rules();
        unusableRule();
        slowBodies();
        withoutKafka();
        withoutPostgres();
        tooManyCalls();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(documented.answers());
    }

    @Test
    void documentedOperationsAreTheRoutes() {
        Set<String> routes = new TreeSet<>();
        for (RouterFunction<?> function :
                door.context().getBeansOfType(RouterFunction.class).values()) {
            routes.addAll(names(function));
        }
        routes.addAll(names(AdminRoutesOf.service(door.context())));
        assertThat(routes).isEqualTo(documented.operations());
    }

    @Test
    void documentIsServedAsItIs() throws Exception {
        HttpResponse<String> answer =
                send(request("GET", "/openapi.yaml", null, "").build());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(answer.body()).startsWith("openapi: 3.1");
    }

    @Test
    void everyAnswerNamesItsRequest() throws Exception {
        HttpResponse<String> answer = send(request("GET", "/nowhere", null, "")
                .header("X-Request-Id", "r-1")
                .build());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("r-1");
        assertThat(answer.body()).contains("\"code\":\"not_found\"", "\"request_id\":\"r-1\"");
    }

    @Test
    void readmeExplainsEveryCode() throws IOException {
        String readme = java.nio.file.Files.readString(java.nio.file.Path.of("README.md"));
        assertThat(documented.answers())
                .allSatisfy(answer ->
                        assertThat(readme).contains(answer.code().isEmpty() ? "" : "`" + answer.code() + "`"));
    }

    private void goodAndBadBodies() throws Exception {
        events(ingest, "application/json", EVENT);
        events(ingest, "application/json", "{}");
        events(ingest, "application/json", "[{]");
        events(ingest, "application/json", "[".repeat(2_000));
        events(ingest, "application/json", "");
        call("POST", EVENTS, EVENTS, ingest, BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xFF, '"'}), Map.of());
        events(ingest, "text/html", EVENT);
        events(ingest, "application/json; charset=ISO-8859-1", EVENT);
        events(ingest, "not a type", EVENT);
        events(ingest, "application/json", EVENT + " ".repeat(100 * 1024));
        events(ingest, "application/x-ndjson", (EVENT + "\n").repeat(11));
        call("POST", EVENTS, EVENTS, ingest, BodyPublishers.ofString(EVENT), Map.of("Content-Encoding", "gzip"));
        call("POST", EVENTS, EVENTS, ingest, BodyPublishers.ofString(EVENT), Map.of("Content-Encoding", "br"));
        byte[] bomb = Packing.GZIP.pack(EVENT + " ".repeat(100 * 1024));
        call("POST", EVENTS, EVENTS, ingest, BodyPublishers.ofByteArray(bomb), Map.of("Content-Encoding", "gzip"));
        call("POST", EVENTS, EVENTS, ingest, BodyPublishers.ofString(EVENT), Map.of("Idempotency-Key", "with space"));
        for (String document : List.of("/openapi.yaml", "/asyncapi.yaml")) {
            call("GET", document, document, "", BodyPublishers.noBody(), Map.of());
        }
        for (String method : List.of("GET", "PUT", "DELETE")) {
            wrongMethod(method, EVENTS, EVENTS, "POST");
        }
    }

    private void keysAndScopes() throws Exception {
        events("", "application/json", EVENT);
        events("mr_i_" + "0".repeat(40), "application/json", EVENT);
        events(door.newKey(tenant, "\"query\""), "application/json", EVENT);
        String body = "{\"scopes\":[\"ingest\"],\"origins\":[\"https://shop.example\"]}";
        webKey = call("POST", KEYS, keysPath(), stack.adminToken(), BodyPublishers.ofString(body), Map.of())
                .get("key")
                .stringValue();
        events(webKey, "application/json", EVENT);
        call("POST", EVENTS, EVENTS, webKey, BodyPublishers.ofString(EVENT), Map.of("Origin", ORIGIN));
        beacon(webKey, Map.of("Origin", ORIGIN));
        beacon(ingest, Map.of());
    }

    /** As pages send that can set no header. */
    private void beacon(String key, Map<String, String> headers) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "text/plain;charset=UTF-8");
        call("POST", EVENTS, EVENTS + "?key=" + key, "", BodyPublishers.ofString(EVENT), all);
    }

    private void pixels() throws Exception {
        pixel("?event_type=open&key=" + webKey, Map.of("Referer", ORIGIN + "/a?b"));
        pixel("?key=" + webKey, Map.of("Referer", ORIGIN + "/"));
        pixel("?event_type=open&key=" + webKey, Map.of("Referer", ORIGIN + ".other/"));
        pixel("?event_type=open", Map.of());
        pixel("?event_type=open&key=mr_i_" + "0".repeat(40), Map.of());
        pixel("?event_type=open&key=" + ingest, Map.of());
        pixel("?event_type=open", Map.of("Authorization", "Bearer " + door.newKey(tenant, "\"query\"")));
        wrongMethod("POST", PIXEL, PIXEL, "GET");
    }

    private void pixel(String query, Map<String, String> headers) throws Exception {
        call("GET", PIXEL, PIXEL + query, "", BodyPublishers.noBody(), headers);
    }

    private List<String> segmentPaths() {
        return documented.paths().stream()
                .filter(path ->
                        path.startsWith("/v1/") && !List.of(EVENTS, PIXEL).contains(path))
                .toList();
    }

    private static String segment(String path, String message) {
        return isBatch(path) ? "{\"batch\":[" + message + "]}" : message;
    }

    private static boolean isBatch(String path) {
        return List.of("/v1/batch", "/v1/b", "/v1/import", "/v1/batch/", "/v1/import/")
                .contains(path);
    }

    private void segment() throws Exception {
        for (String path : segmentPaths()) {
            String good = segment(path, "{\"type\":\"track\",\"event\":\"x\",\"userId\":\"u\"}");
            String bad = segment(path, "{\"type\":\"track\",\"event\":\"x\",\"timestamp\":\"noon\"}");
            for (String body : List.of(good, bad, "{", "", good + " ".repeat(100 * 1024))) {
                call("POST", path, path, ingest, BodyPublishers.ofString(body), Map.of());
            }
            call("POST", path, path, ingest, BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xFF, '"'}), Map.of());
            call("POST", path, path, ingest, BodyPublishers.ofString(good), Map.of("Content-Encoding", "gzip"));
            call("POST", path, path, ingest, BodyPublishers.ofString(good), Map.of("Content-Encoding", "br"));
            byte[] bomb = Packing.GZIP.pack(good + " ".repeat(100 * 1024));
            call("POST", path, path, ingest, BodyPublishers.ofByteArray(bomb), Map.of("Content-Encoding", "gzip"));
            if (isBatch(path)) {
                String deep = "{\"batch\":" + "[".repeat(2_000);
                call("POST", path, path, ingest, BodyPublishers.ofString(deep), Map.of());
                String many = "{\"type\":\"page\"}" + ",{\"type\":\"page\"}".repeat(10);
                call("POST", path, path, ingest, BodyPublishers.ofString(segment(path, many)), Map.of());
            }
            call("POST", path, path, "", BodyPublishers.ofString(good), Map.of());
            call("POST", path, path, "mr_i_" + "0".repeat(40), BodyPublishers.ofString(good), Map.of());
            call("POST", path, path, door.newKey(tenant, "\"query\""), BodyPublishers.ofString(good), Map.of());
            call("POST", path, path, webKey, BodyPublishers.ofString(good), Map.of());
            wrongMethod("GET", path, path, "POST");
        }
    }

    private void tenants() throws Exception {
        String admin = stack.adminToken();
        String name = "t-" + UUID.randomUUID();
        String good = "{\"tenant\":\"" + name + "\",\"name\":\"Shop\"}";
        JsonNode made = call("POST", TENANTS, TENANTS, admin, BodyPublishers.ofString(good), Map.of());
        assertThat(made.get("name").stringValue()).isEqualTo("Shop");
        call("POST", TENANTS, TENANTS, admin, BodyPublishers.ofString(good), Map.of());
        for (String bad : List.of("", "7", "{", "{\"tenant\":\"A\"}", "{\"tenant\":7}", "{\"tenant\":\"a\",\"x\":1}")) {
            call("POST", TENANTS, TENANTS, admin, BodyPublishers.ofString(bad), Map.of());
        }
        String large = "{\"tenant\":\"a\"" + " ".repeat(256 * 1024) + "}";
        call("POST", TENANTS, TENANTS, admin, BodyPublishers.ofString(large), Map.of());
        call("POST", TENANTS, TENANTS, admin, BodyPublishers.ofString(good), Map.of("Content-Type", "text/plain"));
        JsonNode all = call("GET", TENANTS, TENANTS, admin, BodyPublishers.noBody(), Map.of());
        assertThat(all.get("tenants")
                        .valueStream()
                        .map(account -> account.get("tenant").stringValue()))
                .contains(name, tenant);
        for (String method : List.of("GET", "POST")) {
            unauthorized(method, TENANTS, TENANTS);
            wrongMethod("DELETE", TENANTS, TENANTS, method);
        }
    }

    private void keysOfTenants() throws Exception {
        String admin = stack.adminToken();
        String good = "{\"scopes\":[\"query\"],\"label\":\"board\",\"expires_at\":\"2999-01-01T00:00:00Z\"}";
        JsonNode made = call("POST", KEYS, keysPath(), admin, BodyPublishers.ofString(good), Map.of());
        assertThat(made.get("key").stringValue()).matches("mr_q_[0-9A-Za-z]{40}");
        for (String bad : List.of(
                "{}",
                "{\"scopes\":[]}",
                "{\"scopes\":[\"all\"]}",
                "{\"scopes\":\"query\"}",
                "{\"scopes\":[\"query\"],\"origins\":[\"https://shop.example\"]}",
                "{\"scopes\":[\"query\"],\"expires_at\":\"soon\"}")) {
            call("POST", KEYS, keysPath(), admin, BodyPublishers.ofString(bad), Map.of());
        }
        String large = "{\"scopes\":[\"query\"]" + " ".repeat(256 * 1024) + "}";
        call("POST", KEYS, keysPath(), admin, BodyPublishers.ofString(large), Map.of());
        call("POST", KEYS, keysPath(), admin, BodyPublishers.ofString(good), Map.of("Content-Type", "text/plain"));
        JsonNode listed = call("GET", KEYS, keysPath(), admin, BodyPublishers.noBody(), Map.of());
        assertThat(listed.toString())
                .contains("\"board\"")
                .doesNotContain(made.get("key").stringValue());
        for (String unknown : List.of("nobody", "NOT A TENANT")) {
            String path = KEYS.replace("{tenant}", unknown.replace(" ", "%20"));
            call("POST", KEYS, path, admin, BodyPublishers.ofString(good), Map.of());
            call("GET", KEYS, path, admin, BodyPublishers.noBody(), Map.of());
        }
        String id = made.get("id").stringValue();
        rotation(id);
        for (String key : List.of(id, id, new UUID(0, 0).toString(), "no-uuid")) {
            call("DELETE", KEY, KEY.replace("{id}", key), admin, BodyPublishers.noBody(), Map.of());
        }
        unauthorized("DELETE", KEY, KEY.replace("{id}", id));
        wrongMethod("GET", KEY, KEY.replace("{id}", id), "DELETE");
        for (String method : List.of("GET", "POST")) {
            unauthorized(method, KEYS, keysPath());
            wrongMethod("PUT", KEYS, keysPath(), method);
        }
    }

    private void rotation(String id) throws Exception {
        String admin = stack.adminToken();
        String path = ROTATION.replace("{id}", id);
        JsonNode replaced = call("POST", ROTATION, path, admin, BodyPublishers.ofString("{}"), Map.of());
        assertThat(replaced.get("key").stringValue()).matches("mr_q_[0-9A-Za-z]{40}");
        assertThat(replaced.get("expires_at").stringValue()).isEqualTo("2999-01-01T00:00:00Z");
        for (String bad :
                List.of("{\"grace_seconds\":-1}", "{\"grace_seconds\":31536001}", "{\"grace_seconds\":\"1\"}")) {
            call("POST", ROTATION, path, admin, BodyPublishers.ofString(bad), Map.of());
        }
        String large = "{" + " ".repeat(256 * 1024) + "}";
        call("POST", ROTATION, path, admin, BodyPublishers.ofString(large), Map.of());
        call("POST", ROTATION, path, admin, BodyPublishers.ofString("{}"), Map.of("Content-Type", "text/plain"));
        for (String unknown : List.of(new UUID(0, 0).toString(), "no-uuid")) {
            call("POST", ROTATION, ROTATION.replace("{id}", unknown), admin, BodyPublishers.ofString("{}"), Map.of());
        }
        String revoked = replaced.get("id").stringValue();
        call("DELETE", KEY, KEY.replace("{id}", revoked), admin, BodyPublishers.noBody(), Map.of());
        call("POST", ROTATION, ROTATION.replace("{id}", revoked), admin, BodyPublishers.ofString("{}"), Map.of());
        unauthorized("POST", ROTATION, path);
        wrongMethod("GET", ROTATION, path, "POST");
    }

    private void quotas() throws Exception {
        String admin = stack.adminToken();
        String good = "{\"events_per_second\":1000000,\"bytes_per_second\":null,\"burst_seconds\":9}";
        call("GET", QUOTA, quotaPath(tenant), admin, BodyPublishers.noBody(), Map.of());
        JsonNode put = call("PUT", QUOTA, quotaPath(tenant), admin, BodyPublishers.ofString(good), Map.of());
        assertThat(put.toString())
                .isEqualTo("{\"tenant\":\"" + tenant + "\",\"events_per_second\":1000000,\"burst_seconds\":9}");
        assertThat(call("GET", QUOTA, quotaPath(tenant), admin, BodyPublishers.noBody(), Map.of()))
                .isEqualTo(put);
        for (String bad : List.of(
                "{}",
                "{\"events_per_second\":0}",
                "{\"bytes_per_second\":1.5}",
                "{\"bytes_per_second\":\"1\"}",
                "{\"events_per_second\":1,\"burst_seconds\":3601}",
                "{\"events_per_second\":1,\"burst_seconds\":4294967297}")) {
            call("PUT", QUOTA, quotaPath(tenant), admin, BodyPublishers.ofString(bad), Map.of());
        }
        String large = "{\"events_per_second\":1" + " ".repeat(256 * 1024) + "}";
        call("PUT", QUOTA, quotaPath(tenant), admin, BodyPublishers.ofString(large), Map.of());
        call(
                "PUT",
                QUOTA,
                quotaPath(tenant),
                admin,
                BodyPublishers.ofString(good),
                Map.of("Content-Type", "text/plain"));
        call("DELETE", QUOTA, quotaPath(tenant), admin, BodyPublishers.noBody(), Map.of());
        call("DELETE", QUOTA, quotaPath(tenant), admin, BodyPublishers.noBody(), Map.of());
        for (String method : List.of("GET", "PUT", "DELETE")) {
            call(method, QUOTA, quotaPath("nobody"), admin, BodyPublishers.ofString(good), Map.of());
            unauthorized(method, QUOTA, quotaPath(tenant));
            wrongMethod("POST", QUOTA, quotaPath(tenant), method);
        }
    }

    /** A quota that its first request uses up for minutes. */
    private void overQuota() throws Exception {
        String poor = door.newTenant();
        String key = door.newKey(poor, "\"ingest\"");
        door.setQuota(poor, "{\"bytes_per_second\":1,\"burst_seconds\":1}");
        String body = EVENT + " ".repeat(1_000);
        await().untilAsserted(() -> assertThat(
                        send(request("POST", EVENTS, key, body).build()).statusCode())
                .isEqualTo(429));
        events(key, "application/json", EVENT);
        pixel("?event_type=open", Map.of("Authorization", "Bearer " + key));
        for (String path : segmentPaths()) {
            call("POST", path, path, key, BodyPublishers.ofString("{}"), Map.of());
        }
    }

    private void tooManyCalls() throws Exception {
        Map<String, String> paths = Map.of(
                TENANTS,
                TENANTS,
                KEYS,
                keysPath(),
                KEY,
                KEY.replace("{id}", "no-uuid"),
                ROTATION,
                ROTATION.replace("{id}", "no-uuid"),
                QUOTA,
                quotaPath("nobody"),
                RULES,
                RULES.replace("{tenant}", "nobody"),
                RULE,
                rulePath("nobody"));
        for (Map.Entry<String, String> path : paths.entrySet()) {
            for (String method : documented.methods(path.getKey())) {
                HttpRequest request = request(method, path.getValue(), stack.adminToken(), BodyPublishers.noBody())
                        .build();
                HttpResponse<String> answer = send(request);
                for (int i = 0; i < CALLS_MAX && answer.statusCode() != 429; i++) {
                    answer = send(request);
                }
                record(method, path.getKey(), answer);
            }
        }
    }

    private String rulePath(String of) {
        return RULE.replace("{tenant}", of).replace("{event_type}", "a%2Fb");
    }

    private void rules() throws Exception {
        String admin = stack.adminToken();
        String good = "{\"schema\":{\"required\":[\"user_id\"]},\"on_mismatch\":\"dead_letter\"}";
        JsonNode made = call("PUT", RULE, rulePath(tenant), admin, BodyPublishers.ofString(good), Map.of());
        assertThat(made.get("event_type").stringValue()).isEqualTo("a/b");
        assertThat(made.get("schema").toString()).isEqualTo("{\"required\":[\"user_id\"]}");
        for (String bad :
                List.of("", "{}", "{\"drop\":1}", "{\"schema\":{\"type\":7}}", "{\"on_mismatch\":\"reject\"}")) {
            call("PUT", RULE, rulePath(tenant), admin, BodyPublishers.ofString(bad), Map.of());
        }
        String large = "{\"drop\":true" + " ".repeat(256 * 1024) + "}";
        call("PUT", RULE, rulePath(tenant), admin, BodyPublishers.ofString(large), Map.of());
        call("PUT", RULE, rulePath(tenant), admin, BodyPublishers.ofString(good), Map.of("Content-Type", "text/plain"));
        String path = RULES.replace("{tenant}", tenant);
        JsonNode listed = call("GET", RULES, path, admin, BodyPublishers.noBody(), Map.of());
        assertThat(listed.get("rules")).hasSize(1);
        for (String unknown : List.of("nobody", "NOT%20A%20TENANT")) {
            call("GET", RULES, RULES.replace("{tenant}", unknown), admin, BodyPublishers.noBody(), Map.of());
            call("PUT", RULE, rulePath(unknown), admin, BodyPublishers.ofString(good), Map.of());
            call("DELETE", RULE, rulePath(unknown), admin, BodyPublishers.noBody(), Map.of());
        }
        for (int i = 0; i < 2; i++) {
            call("DELETE", RULE, rulePath(tenant), admin, BodyPublishers.noBody(), Map.of());
        }
        String full = door.newTenant();
        sql("""
                INSERT INTO event_rules (tenant, event_type, drop_events, sample_one_in)
                SELECT '%s', i::text, true, 1 FROM generate_series(1, 100) i""".formatted(full));
        call("PUT", RULE, rulePath(full), admin, BodyPublishers.ofString(good), Map.of());
        unauthorized("GET", RULES, path);
        wrongMethod("PUT", RULES, path, "GET");
        for (String method : List.of("PUT", "DELETE")) {
            unauthorized(method, RULE, rulePath(tenant));
            wrongMethod("GET", RULE, rulePath(tenant), method);
        }
    }

    private void unusableRule() throws Exception {
        String broken = door.newTenant();
        String key = door.newKey(broken, "\"ingest\"");
        sql("""
                INSERT INTO event_rules (tenant, event_type, drop_events, sample_one_in, json_schema, on_mismatch)
                VALUES ('%s', '*', false, 1, 'no schema', 'reject')""".formatted(broken));
        await().untilAsserted(() -> assertThat(
                        send(request("POST", EVENTS, key, EVENT).build()).statusCode())
                .isEqualTo(503));
        pixel("?event_type=open", Map.of("Authorization", "Bearer " + key));
        events(key, "application/json", EVENT);
        for (String path : segmentPaths()) {
            String message = segment(path, "{\"type\":\"track\",\"event\":\"x\"}");
            call("POST", path, path, key, BodyPublishers.ofString(message), Map.of());
        }
        String listed = RULES.replace("{tenant}", broken);
        assertThat(call("GET", RULES, listed, stack.adminToken(), BodyPublishers.noBody(), Map.of())
                        .at("/rules/0/schema")
                        .stringValue())
                .isEqualTo("no schema");
    }

    private void sql(String statement) {
        door.context().getBean(DatabaseClient.class).sql(statement).then().block();
    }

    private void slowBodies() throws Exception {
        halfBody(door.port(), EVENTS, EVENTS, ingest);
        for (String path : segmentPaths()) {
            halfBody(door.port(), path, path, ingest);
        }
        halfBody(door.adminPort(), TENANTS, TENANTS, stack.adminToken());
        halfBody(door.adminPort(), KEYS, keysPath(), stack.adminToken());
        halfBody("PUT", door.adminPort(), QUOTA, quotaPath(tenant), stack.adminToken());
        halfBody("PUT", door.adminPort(), RULE, rulePath(tenant), stack.adminToken());
        halfBody(door.adminPort(), ROTATION, ROTATION.replace("{id}", new UUID(0, 0).toString()), stack.adminToken());
    }

    private void withoutKafka() throws Exception {
        stack.kafka().freeze();
        Map<String, CompletableFuture<HttpResponse<String>>> waiting = new LinkedHashMap<>();
        for (String path : segmentPaths()) {
            waiting.put(
                    "POST " + path, sentMeanwhile("POST", path, segment(path, "{\"type\":\"track\",\"event\":\"x\"}")));
        }
        waiting.put("GET " + PIXEL, sentMeanwhile("GET", PIXEL + "?event_type=open", ""));
        for (int i = waiting.size(); i < REQUESTS_MAX; i++) {
            waiting.put("POST " + EVENTS + " " + i, sentMeanwhile("POST", EVENTS, EVENT));
        }
        await().until(() -> Objects.requireNonNull(door.context()
                                .getBean(io.micrometer.core.instrument.MeterRegistry.class)
                                .find("millrace.ingestion.in.flight.requests")
                                .gauge())
                        .value()
                == REQUESTS_MAX);
        events(ingest, "application/json", EVENT);
        pixel("?event_type=open", Map.of("Authorization", "Bearer " + ingest));
        for (String path : segmentPaths()) {
            call("POST", path, path, ingest, BodyPublishers.ofString("{}"), Map.of());
        }
        for (Map.Entry<String, CompletableFuture<HttpResponse<String>>> one : waiting.entrySet()) {
            String[] words = one.getKey().split(" ", -1);
            record(words[0], words[1], one.getValue().get());
        }
        stack.kafka().thaw();
        await().untilAsserted(() -> assertThat(
                        send(request("POST", EVENTS, ingest, EVENT).build()).statusCode())
                .isEqualTo(202));
    }

    private CompletableFuture<HttpResponse<String>> sentMeanwhile(String method, String path, String body) {
        return http.sendAsync(request(method, path, ingest, body).build(), BodyHandlers.ofString());
    }

    private void withoutPostgres() throws Exception {
        String stranger = door.newKey(tenant, "\"ingest\"");
        stack.postgres().stop();
        String admin = stack.adminToken();
        events(stranger, "application/json", EVENT);
        for (String path : segmentPaths()) {
            call("POST", path, path, stranger, BodyPublishers.ofString("{}"), Map.of());
        }
        pixel("?event_type=open", Map.of("Authorization", "Bearer " + stranger));
        String newTenant = "{\"tenant\":\"t-" + UUID.randomUUID() + "\"}";
        call("GET", TENANTS, TENANTS, admin, BodyPublishers.noBody(), Map.of());
        call("POST", TENANTS, TENANTS, admin, BodyPublishers.ofString(newTenant), Map.of());
        call("GET", KEYS, keysPath(), admin, BodyPublishers.noBody(), Map.of());
        call("POST", KEYS, keysPath(), admin, BodyPublishers.ofString("{\"scopes\":[\"query\"]}"), Map.of());
        String someKey = KEY.replace("{id}", UUID.randomUUID().toString());
        call("POST", ROTATION, someKey + "/rotate", admin, BodyPublishers.ofString("{}"), Map.of());
        call("DELETE", KEY, someKey, admin, BodyPublishers.noBody(), Map.of());
        for (String method : List.of("GET", "PUT", "DELETE")) {
            String quota = "{\"events_per_second\":1}";
            call(method, QUOTA, quotaPath(tenant), admin, BodyPublishers.ofString(quota), Map.of());
        }
        call("GET", RULES, RULES.replace("{tenant}", tenant), admin, BodyPublishers.noBody(), Map.of());
        call("PUT", RULE, rulePath(tenant), admin, BodyPublishers.ofString("{\"drop\":true}"), Map.of());
        call("DELETE", RULE, rulePath(tenant), admin, BodyPublishers.noBody(), Map.of());
        stack.postgres().start();
    }

    private void events(String key, String contentType, String body) throws Exception {
        call("POST", EVENTS, EVENTS, key, BodyPublishers.ofString(body), Map.of("Content-Type", contentType));
    }

    private void unauthorized(String method, String template, String path) throws Exception {
        call(method, template, path, "", BodyPublishers.noBody(), Map.of());
        call(method, template, path, ingest, BodyPublishers.noBody(), Map.of());
    }

    /** The answer is documented with the operation whose path it was, as OpenAPI cannot list those that are not there. */
    private void wrongMethod(String method, String template, String path, String operation) throws Exception {
        HttpResponse<String> answer = send(request(method, path, stack.adminToken(), BodyPublishers.noBody())
                .build());
        assertThat(answer.headers().firstValue("Allow").map(allow -> Set.of(allow.split(", ", -1))))
                .hasValue(documented.methods(template));
        record(operation, template, answer);
    }

    private JsonNode call(
            String method,
            String template,
            String path,
            String key,
            HttpRequest.BodyPublisher body,
            Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = request(method, path, key, body);
        headers.forEach(request::setHeader);
        return record(method, template, send(request.build()));
    }

    private HttpRequest.Builder request(
            String method, String path, @org.jspecify.annotations.Nullable String key, String body) {
        return request(method, path, key == null ? "" : key, BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String method, String path, String key, HttpRequest.BodyPublisher body) {
        int port = path.startsWith("/admin/") ? door.adminPort() : door.port();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private JsonNode record(String method, String template, HttpResponse<String> answer) {
        boolean problem = answer.headers()
                .firstValue("Content-Type")
                .filter("application/problem+json"::equals)
                .isPresent();
        assertThat(problem).isEqualTo(answer.statusCode() >= 400);
        boolean json = problem
                || answer.headers()
                        .firstValue("Content-Type")
                        .filter("application/json"::equals)
                        .isPresent();
        JsonNode body = JsonMapper.shared().readTree(json ? answer.body() : "{}");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("Retry-After").isPresent())
                .isEqualTo(answer.statusCode() == 503 || answer.statusCode() == 429);
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                .isEqualTo(answer.statusCode() == 401 || answer.body().contains("\"scope_missing\""));
        seen.add(new Answer(
                method + " " + template,
                answer.statusCode(),
                problem ? body.get("code").stringValue() : ""));
        return body;
    }

    /** A client that stops in the middle of its body. */
    private void halfBody(int port, String template, String path, String key) throws IOException {
        halfBody("POST", port, template, path, key);
    }

    private void halfBody(String method, int port, String template, String path, String key) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            String head = """
                    %s %s HTTP/1.1
                    Host: x
                    Authorization: Bearer %s
                    Content-Type: application/json
                    Content-Length: 100

                    {""".formatted(method, path, key).replace("\n", "\r\n");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4_096];
            int read = socket.getInputStream().read(answer);
            String text = new String(answer, 0, read, StandardCharsets.UTF_8);
            assertThat(text).startsWith("HTTP/1.1 408").contains("\"code\":\"body_timeout\"");
            seen.add(new Answer(method + " " + template, 408, "body_timeout"));
        }
    }

    private String keysPath() {
        return KEYS.replace("{tenant}", tenant);
    }

    private static String quotaPath(String tenant) {
        return QUOTA.replace("{tenant}", tenant);
    }

    /** Routes print themselves; those that only say which methods there are print no method. */
    private static List<String> names(RouterFunction<?> routes) {
        return Pattern.compile("\\((\\w+) && (\\S+)\\) ->")
                .matcher(routes.toString())
                .results()
                .map(route -> route.group(1) + " " + route.group(2))
                .toList();
    }
}
