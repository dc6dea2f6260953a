package io.millrace.analytics;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Many connections to a service that stay open and are used now and then, as those of dashboards and proxies are. */
final class OpenConnections implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final URI service;
    private final List<Socket> sockets;

    private OpenConnections(URI service, List<Socket> sockets) {
        this.service = service;
        this.sockets = sockets;
    }

    /** Opens them and says nothing yet. */
    static OpenConnections open(URI service, int connections) {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
                socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after " + sockets.size() + " connections", e);
        }
        return new OpenConnections(service, sockets);
    }

    /** A status with its body. */
    record Said(int status, String body) {}

    /**
     * A request.
     *
     * @param path with its query
     * @param key of a tenant, or none when empty
     */
    record Asked(String path, String key) {}

    /** Has every connection ask once, a few of them at a time, and gives back the answers in their order. */
    List<Said> ask(int atOnce, IntFunction<Asked> requests) throws InterruptedException, TimeoutException {
        Semaphore turns = new Semaphore(atOnce);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Said>> answers = IntStream.range(0, sockets.size())
                    .mapToObj(i -> threads.submit(() -> {
                        turns.acquire();
                        try {
                            return exchange(sockets.get(i), requests.apply(i));
                        } finally {
                            turns.release();
                        }
                    }))
                    .toList();
            long end = System.nanoTime() + PATIENCE.toNanos();
            List<Said> said = new ArrayList<>();
            for (Future<Said> answer : answers) {
                said.add(answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return said;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a connection had no answer", e.getCause());
        }
    }

    private Said exchange(Socket socket, Asked asked) throws IOException {
        String key = asked.key().isEmpty() ? "" : "Authorization: Bearer " + asked.key() + "\r\n";
        String request = "GET " + asked.path() + " HTTP/1.1\r\nHost: " + service.getAuthority() + "\r\n" + key + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        // Nothing of a further answer can be in the buffer, as nothing more was asked.
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String head = head(in);
        Matcher length = LENGTH.matcher(head);
        if (!length.find()) {
            throw new IOException("an answer of unknown length: " + head);
        }
        byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
        return new Said(Integer.parseInt(head.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != (('\r' << 24) | ('\n' << 16) | ('\r' << 8) | '\n')) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended by the service");
            }
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
