package io.millrace.prove.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that notes what it got, and the proxy in front of it. */
final class InsertProxyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BODY = "0123456789".repeat(1_000);

    private final List<String> served = new CopyOnWriteArrayList<>();
    private final Ambushes ambushes = new Ambushes();
    private final ExchangeLog log = new ExchangeLog();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private InsertProxy proxy;

    InsertProxyTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy = InsertProxy.open(1, server.getAddress().getPort(), ambushes, log);
    }

    @BeforeEach
    void serve() {
        server.createContext("/", exchange -> {
            served.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "done".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        proxy.close();
        server.stop(0);
        client.close();
    }

    @Test
    void passesRequestsAndAnswersOn() throws Exception {
        assertThat(insert().get().body()).isEqualTo("done");
        assertThat(insert().get().body()).isEqualTo("done");

        assertThat(served).containsExactly(BODY, BODY);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.concerning(7, 100)).hasSize(2));
    }

    @Test
    void cutBehindTheAnswerLeavesTheInsertDone() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = struckAt(Moment.ANSWERED, _ -> {
            throw new CutException();
        });

        assertThat(answer).failsWithin(PATIENCE);
        assertThat(served).containsExactly(BODY);
    }

    @Test
    void cutInTheMiddleLeavesNothingDone() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = struckAt(Moment.HALF, _ -> {
            throw new CutException();
        });

        assertThat(answer).failsWithin(PATIENCE);
        assertThat(served).isEmpty();
    }

    @Test
    void requestIsDeliveredAfterItsSenderIsGone() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CompletableFuture<Optional<Exchange>> met = CompletableFuture.supplyAsync(() -> {
            try {
                return ambushes.strike(Step.EVENTS, Moment.BEFORE, _ -> gone.await(), PATIENCE);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        HttpClient sender = HttpClient.newHttpClient();
        await().atMost(PATIENCE).until(ambushes::isLaid);
        CompletableFuture<HttpResponse<String>> answer = sender.sendAsync(request(), text());
        await().atMost(PATIENCE).until(() -> !ambushes.isLaid());
        sender.shutdownNow();
        assertThat(answer).failsWithin(PATIENCE);
        assertThat(served).isEmpty();

        gone.countDown();

        assertThat(met)
                .succeedsWithin(PATIENCE)
                .satisfies(exchange -> assertThat(exchange).contains(new Exchange(1, Step.EVENTS, "1-7-100-200-x")));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(served).containsExactly(BODY));
    }

    @Test
    void ambushThatMeetsNobodyIsGivenUp() throws Exception {
        assertThat(ambushes.strike(Step.LEDGER, Moment.BEFORE, _ -> {}, Duration.ofMillis(1)))
                .isEmpty();
        assertThat(ambushes.isLaid()).isFalse();
        assertThat(insert().get().body()).isEqualTo("done");
    }

    @Test
    void failedStrikeIsTold() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = insertOnceLaid();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ambushes.strike(
                        Step.EVENTS,
                        Moment.SENT,
                        _ -> {
                            throw new IOException("no such process");
                        },
                        PATIENCE))
                .withMessageContaining("strike failed");
        assertThat(answer).failsWithin(PATIENCE);
    }

    private CompletableFuture<HttpResponse<String>> struckAt(Moment moment, Strike strike) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = insertOnceLaid();
        assertThat(ambushes.strike(Step.EVENTS, moment, strike, PATIENCE)).isPresent();
        return answer;
    }

    private CompletableFuture<HttpResponse<String>> insertOnceLaid() {
        return CompletableFuture.runAsync(() -> await().atMost(PATIENCE).until(ambushes::isLaid))
                .thenCompose(_ -> insert());
    }

    private CompletableFuture<HttpResponse<String>> insert() {
        return client.sendAsync(request(), text());
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port()
                        + "/?query=INSERT%20INTO%20events_in%20FORMAT%20Native&query_id=1-7-100-200-x"))
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }
}
