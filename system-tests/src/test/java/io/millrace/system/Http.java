package io.millrace.system;

import io.millrace.address.ServerUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client does, and no more. */
final class Http {
    static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private Http() {}

    /** An answer with its status, headers and text. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String code() {
            return json().path("code").asString("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static Answer get(String url, String key) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET(), key);
    }

    static Answer post(String url, String key, String contentType, byte[] body) {
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                key);
    }

    static Answer put(String url, String key, String contentType, byte[] body) {
        return send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", contentType)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(body)),
                key);
    }

    static Answer delete(String url, String key) {
        return send(HttpRequest.newBuilder(URI.create(url)).DELETE(), key);
    }

    /** Asks ClickHouse at a URL with an account in it, tab-separated. */
    static Answer clickHouse(String url, String sql) {
        ServerUrl server = ServerUrl.parse(url);
        URI uri = URI.create("http://%s:%d/?database=%s".formatted(server.host(), server.port(), server.database()));
        return send(HttpRequest.newBuilder(uri)
                .header("X-ClickHouse-User", server.user())
                .header("X-ClickHouse-Key", server.password())
                .POST(HttpRequest.BodyPublishers.ofString(sql)));
    }

    private static Answer send(HttpRequest.Builder request, String key) {
        return send(key.isEmpty() ? request : request.header("Authorization", "Bearer " + key));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(
                    CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
