package io.millrace.prove.verdict;

import io.millrace.address.ServerUrl;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** ClickHouse, asked directly and not through a proxy. */
public final class Store {
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ServerUrl server;

    public Store(String url) {
        this.server = ServerUrl.parse(url);
    }

    /** The rows of a question, fields as text. */
    public List<List<String>> rows(String question) throws IOException, InterruptedException {
        try (InputStream answer = ask(question + " FORMAT TSV")) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList();
        }
    }

    long number(String question) throws IOException, InterruptedException {
        return Long.parseLong(rows(question).getFirst().getFirst());
    }

    /** The only column of a question, of numbers with 8 bytes. */
    DataInputStream numbers(String question) throws IOException, InterruptedException {
        return new DataInputStream(ask(question + " FORMAT RowBinary"));
    }

    private InputStream ask(String question) throws IOException, InterruptedException {
        String database = URLEncoder.encode(server.database(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create("%s://%s:%d/?database=%s&wait_end_of_query=1"
                        .formatted(server.scheme(), server.host(), server.port(), database)))
                .header("X-ClickHouse-User", server.user())
                .header("X-ClickHouse-Key", server.password())
                .timeout(ANSWER_WITHIN)
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("ClickHouse answered " + answer.statusCode() + ": "
                    + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8).strip());
        }
        return answer.body();
    }
}
