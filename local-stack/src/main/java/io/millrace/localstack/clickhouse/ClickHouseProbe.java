package io.millrace.localstack.clickhouse;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.process.Probe;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Statements over HTTP, with the account of an address.
 *
 * @param url the address
 */
public record ClickHouseProbe(ServerUrl url) implements Probe {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    @Override
    public Optional<String> problem() {
        return problemOf("SELECT 1");
    }

    /** Why a statement failed; empty when it did not. */
    Optional<String> problemOf(String sql) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url.scheme() + "://" + url.host() + ":" + url.port() + "/"))
                .timeout(ANSWER_WITHIN)
                .header("X-ClickHouse-User", url.user())
                .header("X-ClickHouse-Key", url.password())
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of(response.statusCode() + " " + response.body().strip());
        } catch (IOException e) {
            return Optional.of("no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while asking ClickHouse", e);
        }
    }
}
