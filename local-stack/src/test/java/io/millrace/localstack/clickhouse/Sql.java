package io.millrace.localstack.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.ServerUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Statements over HTTP as any user. */
record Sql(ServerUrl url) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** The answer of a statement that must succeed. */
    String ask(String sql) throws IOException, InterruptedException {
        HttpResponse<String> response = as(url.user(), url.password(), sql);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().strip();
    }

    HttpResponse<String> as(String user, String password, String sql) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + url.host() + ":" + url.port() + "/?database=" + url.database()))
                .header("X-ClickHouse-User", user)
                .header("X-ClickHouse-Key", password)
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
