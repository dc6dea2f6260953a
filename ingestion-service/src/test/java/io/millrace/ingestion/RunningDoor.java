package io.millrace.ingestion;

import io.millrace.kit.ServiceClient;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The service on a stack's servers and ports, with a client for each of its two ports. */
final class RunningDoor implements AutoCloseable {
    private final LocalStack stack;
    private final Ports ports;
    private final ConfigurableApplicationContext service;

    private RunningDoor(LocalStack stack, Ports ports, ConfigurableApplicationContext service) {
        this.stack = stack;
        this.ports = ports;
        this.service = service;
    }

    static RunningDoor start(LocalStack stack, Map<String, String> more) {
        return start(stack, stack.ports(), more);
    }

    /** One of several on the same servers. */
    static RunningDoor startBeside(LocalStack stack, Map<String, String> more) {
        return start(stack, Ports.free(), more);
    }

    private static RunningDoor start(LocalStack stack, Ports ports, Map<String, String> more) {
        Map<String, Object> properties = new HashMap<>(stack.properties());
        properties.put("server.port", ports.of(Part.INGESTION));
        properties.put("millrace.admin.port", ports.admin());
        // Tests make more tenants and keys in a minute than people do.
        for (String tier : List.of("strict", "standard", "generation")) {
            properties.put("millrace.admin.limits." + tier, "1000");
        }
        properties.putAll(more);
        String[] arguments = properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new RunningDoor(stack, ports, new SpringApplicationBuilder(IngestionService.class).run(arguments));
    }

    ConfigurableApplicationContext context() {
        return service;
    }

    int port() {
        return ports.of(Part.INGESTION);
    }

    int adminPort() {
        return ports.admin();
    }

    WebTestClient client() {
        return client(port());
    }

    WebTestClient admin() {
        return client(adminPort())
                .mutate()
                .defaultHeader("Authorization", "Bearer " + stack.adminToken())
                .build();
    }

    WebTestClient.ResponseSpec send(String key, String contentType, Object body) {
        return client().post()
                .uri("/v1/events")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", contentType)
                .bodyValue(body)
                .exchange();
    }

    String newTenant() {
        String tenant = "t-" + UUID.randomUUID();
        admin().post()
                .uri("/admin/v1/tenants")
                .header("Content-Type", "application/json")
                .bodyValue("{\"tenant\":\"" + tenant + "\"}")
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody();
        return tenant;
    }

    /** Makes a key over the admin API. */
    String newKey(String tenant, String scopes) {
        return issued(tenant, "{\"scopes\":[" + scopes + "]}");
    }

    /** Makes one that is bound to an origin. */
    String newKey(String tenant, String scopes, String origin) {
        return issued(tenant, "{\"scopes\":[" + scopes + "],\"origins\":[\"" + origin + "\"]}");
    }

    private String issued(String tenant, String body) {
        Map<?, ?> issued = Objects.requireNonNull(admin().post()
                .uri("/admin/v1/tenants/{tenant}/keys", tenant)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody());
        return (String) Objects.requireNonNull(issued.get("key"));
    }

    /** Gives a tenant a quota of events. */
    void setQuota(String tenant, int eventsPerSecond, int burstSeconds) {
        setQuota(tenant, "{\"events_per_second\":%d,\"burst_seconds\":%d}".formatted(eventsPerSecond, burstSeconds));
    }

    void setQuota(String tenant, String quota) {
        admin().put()
                .uri("/admin/v1/tenants/{tenant}/quota", tenant)
                .header("Content-Type", "application/json")
                .bodyValue(quota)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    String newIngestKey() {
        return newKey(newTenant(), "\"ingest\"");
    }

    private WebTestClient client(int port) {
        return ServiceClient.of("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        service.close();
    }
}
