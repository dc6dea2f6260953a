package io.millrace.consumer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clickhouse.client.api.Client;
import com.sun.net.httpserver.HttpServer;
import io.millrace.kit.breaker.Breaker;
import io.millrace.kit.breaker.TestBreaker;
import io.millrace.kit.breaker.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a call that failed. */
class StatementsTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final Breaker breaker = TestBreaker.around("clickhouse", _ -> Verdict.AWAY);

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 500, 502, 503, 504})
    void nobodyKnowsWhatBecameOfACallThatAProxyAnswered(int status) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        proxy.createContext("/", exchange -> {
            byte[] page = "<html>no answer from the server behind</html>".getBytes(UTF_8);
            exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(status, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        proxy.start();
        try {
            assertThat(troubleAt(proxy.getAddress().getPort()).isOver()).isFalse();
        } finally {
            proxy.stop(0);
        }
    }

    /** As of a server that is killed while it answers. Taken for a result it would be one without rows. */
    @Test
    void answerWithNothingInItIsNone() throws IOException {
        HttpServer dying = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        dying.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
            exchange.getResponseHeaders().set("X-ClickHouse-Format", "RowBinaryWithNamesAndTypes");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        dying.start();
        try {
            assertThat(troubleAt(dying.getAddress().getPort()).code()).isEqualTo("clickhouse_unreachable");
        } finally {
            dying.stop(0);
        }
    }

    /** The HTTP client sends a statement again of which a proxy said 503, though the server may be at it. */
    @Test
    void statementThatRunsAlreadyIsNotOver() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        proxy.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
            if (asked.incrementAndGet() == 1) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", "216");
                byte[] refusal = "Code: 216. DB::Exception: Query with id = q is already running.".getBytes(UTF_8);
                exchange.sendResponseHeaders(500, refusal.length);
                exchange.getResponseBody().write(refusal);
            }
            exchange.close();
        });
        proxy.start();
        try {
            assertThat(troubleAt(proxy.getAddress().getPort()).isOver()).isFalse();
            assertThat(asked).hasValue(2);
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void callThatFoundNobodyIsOver() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, HERE)) {
            port = unused.getLocalPort();
        }
        OutsideTrouble trouble = troubleAt(port);
        assertThat(trouble.isOver()).isTrue();
        assertThat(trouble.code()).isEqualTo("clickhouse_unreachable");
    }

    /** Of a call that is not made nobody could say that it was answered. */
    @Test
    void breakerKeepsNoCallFromBeingMade() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer proxy = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        proxy.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(502, -1);
            exchange.close();
        });
        proxy.start();
        try (Client client = client(proxy.getAddress().getPort())) {
            for (int calls = 1; calls <= 20; calls++) {
                assertThat(trouble(client).code()).isEqualTo("clickhouse_unreachable");
                assertThat(asked).hasValue(calls);
            }
            assertThat(TestBreaker.isOpen(breaker)).isTrue();
        } finally {
            proxy.stop(0);
        }
    }

    private OutsideTrouble troubleAt(int port) {
        try (Client client = client(port)) {
            return trouble(client);
        }
    }

    private OutsideTrouble trouble(Client client) {
        Statements statements = new Statements(new StoreAccess(client, InsertBody.LZ4, breaker));
        return catchThrowableOfType(
                OutsideTrouble.class, () -> statements.rows("SELECT 1", Map.of(), row -> row.getLong(1)));
    }

    private static Client client(int port) {
        return new Client.Builder()
                .addEndpoint("http://127.0.0.1:" + port)
                .setUsername("u")
                .setPassword("p")
                .setMaxRetries(0)
                .build();
    }
}
