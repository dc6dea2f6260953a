package io.millrace.bench;

import io.millrace.address.ServerUrl;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many events ClickHouse has that were received since this was made, over its HTTP interface. What came before may
 * still be on its way; what others send meanwhile counts too.
 */
final class StoredEvents {
    private static final Duration POLL = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ServerUrl server;
    private final String since;

    StoredEvents(ServerUrl server) throws IOException, InterruptedException {
        this.server = server;
        this.since = ask("SELECT now64(3, 'UTC')");
    }

    long count() throws IOException, InterruptedException {
        return Long.parseLong(
                ask("SELECT count() FROM events WHERE received_at >= toDateTime64('" + since + "', 3, 'UTC')"));
    }

    /**
     * Waits until there are so many.
     *
     * @throws MeasurementException when there are not within the time given
     */
    void await(long rows, Duration within) throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        for (long found = count(); found < rows; found = count()) {
            if (System.nanoTime() - startNanos > within.toNanos()) {
                throw new MeasurementException(
                        "after " + within + " ClickHouse has " + found + " rows and should have " + rows);
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    private String ask(String question) throws IOException, InterruptedException {
        String query = URLEncoder.encode(question, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s://%s:%d/?database=%s&query=%s"
                        .formatted(server.scheme(), server.host(), server.port(), server.database(), query)))
                .header("X-ClickHouse-User", server.user())
                .header("X-ClickHouse-Key", server.password())
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("ClickHouse answered " + answer.statusCode() + ": "
                    + answer.body().strip());
        }
        return answer.body().strip();
    }
}
