package io.millrace.cli.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A server of another make that stands where the door would, so that it can be told to fail in ways that a healthy door
 * does not. Answers as told, in order, and then accepts everything.
 */
public final class ForeignDoor implements AutoCloseable {
    /** One request as it came. */
    public record Request(String path, String key, String idempotencyKey, String body) {
        public List<String> lines() {
            return body.lines().toList();
        }
    }

    /** An answer to give; a status of 0 hangs up without one. */
    public record Told(int status, Map<String, String> headers, String body) {
        public static Told status(int status) {
            return new Told(status, Map.of(), "");
        }

        public static Told json(int status, String body) {
            return new Told(status, Map.of("content-type", "application/json"), body);
        }

        public static Told hangUp() {
            return status(0);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Function<Request, Told>> script = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public ForeignDoor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public ForeignDoor then(Told told) {
        return then(_ -> told);
    }

    public ForeignDoor then(Function<Request, Told> told) {
        script.add(told);
        return this;
    }

    public DoorAddress address() {
        return DoorAddress.of(url(), "key-1");
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Request> requests() {
        return requests;
    }

    /** The lines of all requests, in the order of the requests' arrival. */
    public List<String> lines() {
        return requests.stream().flatMap(request -> request.lines().stream()).toList();
    }

    /** What a door says that takes every event, or the lines' rejection for those that begin with {@code bad}. */
    public static Told judge(Request request) {
        List<String> lines = request.lines();
        String rejected = IntStream.range(0, lines.size())
                .filter(index -> lines.get(index).startsWith("bad"))
                .mapToObj(index -> "{\"index\":" + index + ",\"code\":\"event_type_missing\",\"detail\":\"none\"}")
                .collect(Collectors.joining(","));
        long accepted = lines.stream().filter(line -> !line.startsWith("bad")).count();
        return Told.json(
                accepted == 0 ? 400 : 202,
                "{\"accepted\":" + accepted + ",\"rejected\":[" + rejected + "],\"position\":\"p\"}");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("idempotency-key")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            requests.add(request);
            Function<Request, Told> next = script.poll();
            Told told = next == null ? judge(request) : next.apply(request);
            if (told.status() == 0) {
                return;
            }
            told.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
