package io.millrace.cli;

import io.millrace.cli.door.Problem;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the commands ask of the administration's interface, {@code /admin/v1}. */
public final class AdminApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI url;
    private final String token;

    /** An administration that is not asked yet. */
    public AdminApi(String url, String token) {
        this.url = URI.create(url.replaceFirst("/+$", ""));
        this.token = token;
    }

    /** Makes sure that the tenant is there. Asked again, it changes nothing. */
    public void ensureTenant(Tenant tenant) throws AdminException, InterruptedException {
        HttpResponse<String> answer = post("/admin/v1/tenants", Map.of("tenant", tenant.name()));
        if (answer.statusCode() != 201 && answer.statusCode() != 409) {
            throw refused("the tenant " + tenant, answer);
        }
    }

    /** Makes a key. Asked again, it makes another. */
    public String createKey(Tenant tenant, String scope, String label) throws AdminException, InterruptedException {
        HttpResponse<String> answer =
                post("/admin/v1/tenants/" + tenant + "/keys", Map.of("scopes", List.of(scope), "label", label));
        String key = answer.statusCode() == 201
                ? JSON.readTree(answer.body()).path("key").asString("")
                : "";
        if (key.isEmpty()) {
            throw refused("a key for the tenant " + tenant, answer);
        }
        return key;
    }

    /** Gives the tenant a quota. Asked again, it changes nothing. */
    public void setQuota(Tenant tenant, long eventsPerSecond, int burstSeconds)
            throws AdminException, InterruptedException {
        HttpResponse<String> answer = call(
                "PUT",
                "/admin/v1/tenants/" + tenant + "/quota",
                Map.of("events_per_second", eventsPerSecond, "burst_seconds", burstSeconds));
        if (answer.statusCode() != 200) {
            throw refused("a quota for the tenant " + tenant, answer);
        }
    }

    private AdminException refused(String what, HttpResponse<String> answer) {
        return new AdminException("the administration at " + url + " did not make " + what + ": "
                + Problem.describe(answer.statusCode(), answer.body()));
    }

    private HttpResponse<String> post(String path, Map<String, Object> body)
            throws AdminException, InterruptedException {
        return call("POST", path, body);
    }

    private HttpResponse<String> call(String method, String path, Map<String, Object> body)
            throws AdminException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .timeout(TIMEOUT)
                .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build()) {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AdminException("the administration at " + url + " does not answer: " + e);
        }
    }
}
