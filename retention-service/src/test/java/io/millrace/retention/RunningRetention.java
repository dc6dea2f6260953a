package io.millrace.retention;

import io.millrace.kit.ServiceClient;
import io.millrace.kit.openapi.OpenApi;
import io.millrace.localstack.LocalStack;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it is in production, on the servers of a stack and a free port, asked over HTTP. */
final class RunningRetention implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final OpenApi API = OpenApi.packaged();

    private final ConfigurableApplicationContext context;
    private final String token;

    private RunningRetention(ConfigurableApplicationContext context, String token) {
        this.context = context;
        this.token = token;
    }

    /** Without a schedule, unless {@code more} says otherwise: nothing is dropped but on request. */
    static RunningRetention start(LocalStack stack, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(stack.properties());
        properties.put("millrace.retention.scheduled", "false");
        properties.putAll(more);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(RetentionService.class)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toList()
                        .toArray(new String[0]));
        return new RunningRetention(context, stack.adminToken());
    }

    /** An answer that was held against the API document. */
    record Reply(int status, JsonNode body, Map<String, String> headers) {
        String code() {
            return body.path("code").asString();
        }
    }

    Reply send(HttpMethod method, String path, String json) {
        return send(method, path, json, "application/json", token);
    }

    Reply send(HttpMethod method, String path, String json, String type, String bearer) {
        WebTestClient.RequestBodySpec request =
                client().method(method).uri(URI.create(url() + path)).header("Content-Type", type);
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        EntityExchangeResult<String> result =
                request.bodyValue(json).exchange().expectBody(String.class).returnResult();
        String body = Objects.requireNonNullElse(result.getResponseBody(), "");
        int status = result.getStatus().value();
        if (status != 204) {
            MediaType contentType =
                    Objects.requireNonNull(result.getResponseHeaders().getContentType());
            List<String> faults = API.faults(
                    template(path),
                    method.name().toLowerCase(java.util.Locale.ROOT),
                    status,
                    contentType.getType() + "/" + contentType.getSubtype(),
                    body);
            // Paths and methods that are not documented are 404 and 405, whose bodies are not either.
            if (!faults.isEmpty()
                    && !(faults.getFirst().startsWith("not documented") && (status == 404 || status == 405))) {
                throw new AssertionError(faults + " in " + status + " " + body);
            }
        }
        return new Reply(
                status,
                body.isEmpty()
                        ? JsonMapper.shared().nullNode()
                        : JsonMapper.shared().readTree(body),
                result.getResponseHeaders().toSingleValueMap());
    }

    private static String template(String path) {
        String plain = path.replaceAll("\\?.*", "");
        if (plain.startsWith("/v1/lifecycle/policies/")) {
            return "/v1/lifecycle/policies/{data_set}";
        }
        return plain.startsWith("/v1/lifecycle/runs/") ? "/v1/lifecycle/runs/{run_id}" : plain;
    }

    Reply get(String path) {
        return send(HttpMethod.GET, path, "");
    }

    void keep(String dataSet, int days) {
        Reply reply = send(HttpMethod.PUT, "/v1/lifecycle/policies/" + dataSet, "{\"keep_days\":" + days + "}");
        if (reply.status() != 200) {
            throw new AssertionError(reply);
        }
    }

    void keepForEver(String dataSet) {
        Reply reply = send(HttpMethod.DELETE, "/v1/lifecycle/policies/" + dataSet, "");
        if (reply.status() != 204) {
            throw new AssertionError(reply);
        }
    }

    /** {@return the ended dry run} */
    JsonNode dryRun() {
        Reply reply = send(HttpMethod.POST, "/v1/lifecycle/runs", "{\"dry_run\":true}");
        if (reply.status() != 200) {
            throw new AssertionError(reply);
        }
        return reply.body();
    }

    /** {@return the run when it has ended} */
    JsonNode run() {
        Reply reply = send(HttpMethod.POST, "/v1/lifecycle/runs", "{\"dry_run\":false}");
        if (reply.status() != 202) {
            throw new AssertionError(reply);
        }
        return ended(Objects.requireNonNull(reply.headers().get("Location")));
    }

    JsonNode ended(String location) {
        return org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> get(location).body(),
                        run -> !run.path("outcome").asString().equals("running"));
    }

    /** One line per action: data set, day, rows, state. */
    static List<String> lines(JsonNode run) {
        return run.path("actions")
                .valueStream()
                .map(action -> String.join(
                        " ",
                        action.path("data_set").asString(),
                        action.path("day").asString(),
                        action.path("rows").asString(),
                        action.path("state").asString()))
                .toList();
    }

    WebTestClient client() {
        return ServiceClient.of(url());
    }

    Optional<String> metric(String line) {
        String scrape = Objects.requireNonNull(client().get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        return scrape.lines()
                .filter(l -> l.startsWith(line))
                .map(l -> l.substring(l.lastIndexOf(' ') + 1))
                .findFirst();
    }

    int ready() {
        return client().get()
                .uri("/readyz")
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
