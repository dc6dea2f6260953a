package io.millrace.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Against a server that takes whatever comes and answers it with 200. */
class BareRefusalsTest {
    private final DisposableServer server = new BareRefusals()
            .before(HttpServer.create().host("127.0.0.1").port(0))
            .handle((request, response) -> request.receive().then(response.send()))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /', 400, request_invalid",
        "'POST / HTTP/1.1\nHost: x\nContent-Length: many', 400, request_invalid",
        "'POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nzz', 400, request_invalid"
    })
    void whatIsNoGoodHttpGetsAProblem(String request, int status, String code) throws IOException {
        assertProblem(answer(request), status, code);
    }

    @Test
    void whatIsTooLongGetsAProblem() throws IOException {
        String much = "x".repeat(9_000);
        assertProblem(answer("GET /" + much + " HTTP/1.1\nHost: x"), 414, "uri_too_long");
        assertProblem(answer("GET / HTTP/1.1\nHost: x\nX-Much: " + much), 431, "request_header_fields_too_large");
    }

    @Test
    void otherAnswersAreLeftAsTheyAre() throws IOException {
        assertThat(answer("GET / HTTP/1.1\nHost: x\nConnection: close"))
                .startsWith("HTTP/1.1 200 OK")
                .doesNotContain("problem");
    }

    private static void assertProblem(String answer, int status, String code) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("content-type: application/problem+json", "\"code\":\"" + code + "\"", "connection: close")
                .containsPattern("X-Request-Id: ([0-9a-f]{32})\r\n(?s:.*)\"request_id\":\"\\1\"");
    }

    /** Everything up to the connection's end. */
    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            String lines = request.replace("\n", "\r\n") + "\r\n\r\n";
            socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
