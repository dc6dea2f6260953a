package io.millrace.kit;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
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
public final class OpenConnections implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final URI service;
    private final List<Socket> sockets;

    private OpenConnections(URI service, List<Socket> sockets) {
        this.service = service;
        this.sockets = sockets;
    }

    /** {@return that many, or as many as the system lets a process have, and room for the files of both sides} */
    public static int most(int wanted) {
        long filesMax =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        int connections = Math.toIntExact(Math.min(wanted, filesMax - 1_000));
        System.out.println(connections + " connections, of at most " + filesMax + " files a process");
        return connections;
    }

    /** Opens them and says nothing yet. */
    public static OpenConnections open(URI service, int connections) {
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
    public record Said(int status, String body) {}

    /**
     * A request.
     *
     * @param path with its query
     * @param key of a tenant, or none when empty
     * @param json of the body, empty for none
     */
    public record Asked(String method, String path, String key, String json) {
        public static Asked get(String path, String key) {
            return new Asked("GET", path, key, "");
        }

        public static Asked post(String path, String key, String json) {
            return new Asked("POST", path, key, json);
        }

        private byte[] bytes(URI service) {
            String authorization = key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n";
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            String content =
                    body.length == 0 ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n";
            return (method + " " + path + " HTTP/1.1\r\nHost: " + service.getAuthority() + "\r\n" + authorization
                            + content + "\r\n" + json)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Sends on each connection a request but for its last byte, and waits for nothing. */
    public void stall(IntFunction<Asked> requests) throws IOException {
        for (int i = 0; i < sockets.size(); i++) {
            byte[] request = requests.apply(i).bytes(service);
            sockets.get(i).getOutputStream().write(request, 0, request.length - 1);
        }
    }

    /** Has every connection ask once, a few of them at a time, and gives back the answers in their order. */
    public List<Said> ask(int atOnce, IntFunction<Asked> requests) throws InterruptedException, TimeoutException {
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
        socket.getOutputStream().write(asked.bytes(service));
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
