package io.millrace.analytics;

import io.millrace.kit.ServiceClient;
import io.millrace.kit.access.ApiKeys;
import io.millrace.kit.access.KeyRequest;
import io.millrace.kit.access.Scope;
import io.millrace.kit.access.Tenants;
import io.millrace.kit.openapi.OpenApi;
import io.millrace.localstack.LocalStack;
import io.millrace.log.Tenant;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it is in production, on the servers of a stack and a free port. */
final class RunningService implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final OpenApi api;

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
        byte[] document = client().get()
                .uri("/openapi.yaml")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        this.api = OpenApi.parse(Objects.requireNonNull(document));
    }

    static RunningService start(LocalStack stack, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(stack.properties());
        properties.put("server.port", "0");
        properties.putAll(more);
        return new RunningService(new SpringApplicationBuilder(AnalyticsService.class)
                .properties(properties)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(ReactorResourceFactory.class, RunningService::ownResources))
                .run());
    }

    /** By default all services of a JVM share threads and connections, and the first that is closed ends them for all. */
    private static ReactorResourceFactory ownResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    /** An answer that was held against the served API document. */
    record Reply(int status, JsonNode body, Map<String, String> headers) {
        String code() {
            return body.path("code").asString();
        }
    }

    /** Asks with a key, and fails when the answer is not as the API document says. */
    Reply get(String path, String query, String key) {
        return exchange(HttpMethod.GET, path, query, key);
    }

    Reply exchange(HttpMethod method, String path, String query, String key) {
        URI uri = URI.create(url() + path + (query.isEmpty() ? "" : "?" + query));
        var exchange = client().method(method)
                .uri(uri)
                .headers(headers -> {
                    if (!key.isEmpty()) {
                        headers.setBearerAuth(key);
                    }
                })
                .exchange()
                .expectBody(String.class)
                .returnResult();
        String body = Objects.requireNonNullElse(exchange.getResponseBody(), "");
        int status = exchange.getStatus().value();
        MediaType type = Objects.requireNonNull(exchange.getResponseHeaders().getContentType());
        List<String> faults = api.faults(path, "get", status, type.getType() + "/" + type.getSubtype(), body);
        if (status != 404 && !faults.isEmpty()) {
            throw new AssertionError(faults + " in " + status + " " + body);
        }
        return new Reply(
                status,
                JsonMapper.shared().readTree(body),
                exchange.getResponseHeaders().toSingleValueMap());
    }

    WebTestClient client() {
        return ServiceClient.of(url());
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    OpenApi api() {
        return api;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Tenant newTenant() {
        Tenant tenant = new Tenant("t-" + UUID.randomUUID());
        Objects.requireNonNull(bean(Tenants.class).create(tenant, "A shop").block());
        return tenant;
    }

    String key(Tenant tenant, Scope scope) {
        return Objects.requireNonNull(bean(ApiKeys.class)
                        .create(tenant, new KeyRequest("test", Set.of(scope), List.of(), null))
                        .block())
                .text();
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
    }
}
