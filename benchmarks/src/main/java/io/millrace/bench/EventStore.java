package io.millrace.bench;

import io.millrace.address.ServerUrl;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** ClickHouse over its HTTP interface, without any library between. For use by several threads at once. */
final class EventStore {
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(5);
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ServerUrl server;

    EventStore(ServerUrl server) {
        this.server = server;
    }

    ServerUrl url() {
        return server;
    }

    /** The answer to a question, without the line feed at its end. */
    String ask(String question) throws IOException, InterruptedException {
        return new String(bytes(question), StandardCharsets.UTF_8).strip();
    }

    long number(String question) throws IOException, InterruptedException {
        return Long.parseLong(ask(question));
    }

    /** The same with values for the places in the question. */
    String ask(String question, Map<String, String> parameters) throws IOException, InterruptedException {
        Map<String, String> named = new LinkedHashMap<>();
        parameters.forEach((name, value) -> named.put("param_" + name, value));
        return new String(send(question, new byte[0], named), StandardCharsets.UTF_8).strip();
    }

    /** The answer as it comes. */
    byte[] bytes(String question) throws IOException, InterruptedException {
        return send(question, new byte[0], Map.of());
    }

    /** A statement, such as {@code INSERT INTO t FORMAT Native}, with its data and settings. */
    void insert(String statement, byte[] data, Map<String, String> settings) throws IOException, InterruptedException {
        send(statement, data, settings);
    }

    /** Waits until ClickHouse merges no more, though not for ever, so that what comes next is measured by itself. */
    void awaitQuiet() throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        while (number("SELECT count() FROM system.merges") > 0
                && System.nanoTime() - startNanos < QUIET_WITHIN.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
    }

    private byte[] send(String statement, byte[] body, Map<String, String> settings)
            throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder("database=").append(server.database());
        query.append("&query=").append(encoded(statement));
        settings.forEach(
                (name, value) -> query.append('&').append(name).append('=').append(encoded(value)));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("%s://%s:%d/?%s".formatted(server.scheme(), server.host(), server.port(), query)))
                .header("X-ClickHouse-User", server.user())
                .header("X-ClickHouse-Key", server.password())
                .timeout(ANSWER_WITHIN)
                // Questions by POST, too: by GET they may change nothing.
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("ClickHouse answered " + answer.statusCode() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8).strip());
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
