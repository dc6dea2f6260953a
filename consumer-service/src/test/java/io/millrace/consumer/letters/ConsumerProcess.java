package io.millrace.consumer.letters;

import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The service in a process of its own, which can be killed. */
final class ConsumerProcess implements AutoCloseable {
    private final Process process;
    private final String url;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    private ConsumerProcess(Process process, String url, String token) {
        this.process = process;
        this.url = url;
        this.token = token;
    }

    /** Starts one and waits until it is ready. */
    static ConsumerProcess start(LocalStack stack, Path log) {
        int port = Ports.free().of(Part.CONSUMER);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.millrace.consumer.ConsumerService"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(stack.environment());
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        // As short as brokers allow, so that its partitions are soon another's when it is killed.
        builder.environment().put("MILLRACE_CONSUMER_SESSION_TIMEOUT", "6s");
        try {
            ConsumerProcess started =
                    new ConsumerProcess(builder.start(), "http://127.0.0.1:" + port, stack.adminToken());
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .until(() -> started.send("GET", "/readyz", "").statusCode() == 200);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void replay(String order) {
        send("POST", RunningWorkbench.REPLAYS, order);
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
