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

/** How many rows {@code events} has, over ClickHouse's HTTP interface. */
final class StoredEvents {
    private static final Duration POLL = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final HttpRequest count;

    StoredEvents(ServerUrl server) {
        String query = URLEncoder.encode("SELECT count() FROM events", StandardCharsets.UTF_8);
        count = HttpRequest.newBuilder(URI.create("%s://%s:%d/?database=%s&query=%s"
                        .formatted(server.scheme(), server.host(), server.port(), server.database(), query)))
                .header("X-ClickHouse-User", server.user())
                .header("X-ClickHouse-Key", server.password())
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    long count() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(count, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("ClickHouse answered " + answer.statusCode() + ": "
                    + answer.body().strip());
        }
        return Long.parseLong(answer.body().strip());
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
}
