package io.millrace.bench.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Against a server that says exactly what a test wants it to. */
final class ConnectionTest {
    private static final byte[] REQUEST = Request.get("/v1/counts", "key");

    @Test
    void repliesOfAllFormsAreReadFromOneConnection() throws IOException, InterruptedException, ExecutionException {
        String large = "x".repeat(100_000);
        List<String> replies = List.of(
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
                "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\nConnection: Keep-Alive\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + large);
        try (Server server = new Server(List.of(replies));
                Connection connection = new Connection(server.port())) {
            assertThat(connection.exchange(REQUEST).text()).isEqualTo("hello");
            Reply chunked = connection.exchange(REQUEST);
            assertThat(chunked.status()).isEqualTo(404);
            assertThat(chunked.isOk()).isFalse();
            assertThat(chunked.text()).isEqualTo("abc0123456789");
            assertThat(connection.exchange(REQUEST).text()).isEmpty();
            assertThat(connection.exchange(REQUEST).text()).isEqualTo(large);
            assertThat(server.accepted()).isOne();
        }
    }

    @Test
    void connectionThatTheServerEndedIsOpenedAgain() throws IOException, InterruptedException, ExecutionException {
        String said = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\na";
        String silently = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb";
        try (Server server = new Server(List.of(List.of(said), List.of(silently), List.of(silently)));
                Connection connection = new Connection(server.port())) {
            assertThat(connection.exchange(REQUEST).text()).isEqualTo("a");
            assertThat(connection.exchange(REQUEST).text()).isEqualTo("b");
            assertThat(connection.exchange(REQUEST).text()).isEqualTo("b");
            assertThat(server.accepted()).isEqualTo(3);
        }
    }

    @Test
    void newConnectionThatEndsIsAFailure() throws IOException, InterruptedException, ExecutionException {
        try (Server server = new Server(List.of(List.of("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort")));
                Connection connection = new Connection(server.port())) {
            assertThatIOException()
                    .isThrownBy(() -> connection.exchange(REQUEST))
                    .withMessageContaining("closed");
            assertThat(server.accepted()).isOne();
        }
    }

    /** Gives one connection after another its replies, one a request, and ends it. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newSingleThreadExecutor();
        private final Future<Integer> accepted;

        Server(List<List<String>> connections) throws IOException {
            accepted = threads.submit(() -> {
                int count = 0;
                for (List<String> replies : connections) {
                    try (Socket open = socket.accept()) {
                        count++;
                        reply(open, replies);
                    }
                }
                return count;
            });
        }

        private static void reply(Socket open, List<String> replies) throws IOException {
            InputStream in = open.getInputStream();
            for (String reply : replies) {
                assertThat(in.readNBytes(REQUEST.length)).isEqualTo(REQUEST);
                open.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        /** Once it has served all. */
        int accepted() throws ExecutionException, InterruptedException {
            return accepted.get();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            threads.close();
        }
    }
}
