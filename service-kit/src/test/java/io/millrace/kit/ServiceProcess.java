package io.millrace.kit;

import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service in a process of its own, which can be killed. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    /** The last line of a histogram: how many objects there are, and their bytes. */
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final Process process;
    private final String url;
    private final String adminToken;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceProcess(Process process, String url, String adminToken) {
        this.process = process;
        this.url = url;
        this.adminToken = adminToken;
    }

    /**
     * Starts one from the classes of the test and waits until it is ready.
     *
     * @param main its main class
     * @param log gets what it prints
     * @param settings of its own, as environment variables
     */
    public static ServiceProcess start(
            String main, Part part, LocalStack stack, Path log, Map<String, String> settings) {
        int port = Ports.free().of(part);
        List<String> options = new ArrayList<>(part.heapOptions());
        options.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(options, List.of(main)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(stack.environment());
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        builder.environment().putAll(settings);
        try {
            ServiceProcess started =
                    new ServiceProcess(builder.start(), "http://127.0.0.1:" + port, stack.adminToken());
            await().atMost(READY_WITHIN)
                    .ignoreExceptions()
                    .until(() -> started.send("GET", "/readyz", "").statusCode() == 200);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it with the admin token, and a body of JSON. */
    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + adminToken)
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

    /** {@return where it answers} */
    public URI url() {
        return URI.create(url);
    }

    /** {@return bytes of the objects that a collection leaves in it} */
    public long liveBytes() {
        try {
            Process histogram = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = HISTOGRAM_TOTAL.matcher(text);
            if (!total.find()) {
                throw new IllegalStateException(text);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has ended by itself, and gives back its exit code. */
    public int awaitEnd() {
        await().atMost(ANSWER_WITHIN).until(() -> !process.isAlive());
        return process.exitValue();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends it in good order. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
