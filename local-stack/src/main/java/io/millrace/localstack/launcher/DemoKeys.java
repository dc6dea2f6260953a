package io.millrace.localstack.launcher;

import io.millrace.cli.AdminApi;
import io.millrace.cli.AdminException;
import io.millrace.cli.env.EnvironmentFile;
import io.millrace.localstack.Part;
import io.millrace.localstack.process.StackException;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of the tenant {@code demo}. PostgreSQL has only their hashes, so their text is kept beside the data; keys
 * that the services no longer admit, as after the database was wiped, are made again.
 */
final class DemoKeys {
    static final String INGEST = "MILLRACE_INGEST_KEY";
    static final String QUERY = "MILLRACE_QUERY_KEY";
    private static final Tenant TENANT = new Tenant("demo");
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final int UNAUTHORIZED = 401;

    private final Addresses addresses;
    private final AdminApi admin;
    private final Path file;

    DemoKeys(Machine machine) {
        this.addresses = machine.addresses();
        this.admin = new AdminApi(
                machine.addresses().admin().toString(), machine.stack().adminToken());
        this.file = machine.folder().root().resolve("tenants").resolve(TENANT + ".env");
    }

    /** Both keys, made first where that is needed. Asks the running services. */
    Map<String, String> ensure() throws IOException, AdminException, InterruptedException {
        Map<String, String> kept = Files.exists(file) ? EnvironmentFile.read(file) : Map.of();
        String ingest = kept.getOrDefault(INGEST, "");
        String query = kept.getOrDefault(QUERY, "");
        URI door = addresses.of(Part.INGESTION).resolve("/v1/events");
        URI answers = addresses.of(Part.ANALYTICS).resolve("/v1/counts");
        if (isAdmitted("POST", door, ingest) && isAdmitted("GET", answers, query)) {
            return kept;
        }
        admin.ensureTenant(TENANT);
        Map<String, String> made = new LinkedHashMap<>();
        made.put("MILLRACE_INGEST_URL", addresses.of(Part.INGESTION).toString());
        made.put(INGEST, admin.createKey(TENANT, "ingest", "demo"));
        made.put("MILLRACE_QUERY_URL", addresses.of(Part.ANALYTICS).toString());
        made.put(QUERY, admin.createKey(TENANT, "query", "demo"));
        EnvironmentFile.write(file, made);
        return made;
    }

    /** Whether a request with nothing in it fails for another reason than its key. */
    private static boolean isAdmitted(String method, URI uri, String key) throws InterruptedException {
        if (key.isEmpty()) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + key)
                .timeout(ANSWER_WITHIN)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != UNAUTHORIZED;
        } catch (IOException e) {
            throw new StackException(uri + " does not answer", e);
        }
    }
}
