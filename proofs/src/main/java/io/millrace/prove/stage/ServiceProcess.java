package io.millrace.prove.stage;

import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.GarbageCollection;
import io.millrace.localstack.process.ManagedProcess;
import io.millrace.localstack.process.Signal;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One instance of a service in a process of its own. */
public final class ServiceProcess {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final int number;
    private final URI url;
    private final ManagedProcess process;
    private final Path log;
    private final Command command;

    ServiceProcess(int number, int port, ServiceLaunch launch, Map<String, String> environment) {
        this.number = number;
        this.url = URI.create("http://127.0.0.1:" + port);
        String name = launch.name() + "-" + number;
        this.process = launch.process(name);
        this.log = launch.log(name);
        this.command = launch.command(port, environment);
    }

    /** Which of its service, from 0. */
    public int number() {
        return number;
    }

    /** Where it is asked. */
    public URI url() {
        return url;
    }

    /** Starts it; does not wait. */
    public void start() {
        process.start(command);
    }

    /** Waits until it is ready. */
    public void awaitReady() {
        process.await(this::problem, START_PATIENCE);
    }

    /** Whether it says that it is ready. */
    public boolean isReady() {
        return problem().isEmpty();
    }

    /** Ends it in good order. */
    public void stop() {
        process.stop(Signal.TERM, STOP_PATIENCE);
    }

    /** Ends it by SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Stops it from running; its connections stay open. */
    public void freeze() {
        process.freeze();
    }

    /** Lets it run again. */
    public void thaw() {
        process.send(Signal.CONT);
    }

    /** Whether there is such a process, frozen or not. */
    public boolean isRunning() {
        return process.running().isPresent();
    }

    /** Its metrics in Prometheus' text form; empty when it does not answer. */
    public Optional<String> metrics() {
        return text("/actuator/prometheus");
    }

    /** What it serves at a path; empty when it does not. */
    public Optional<String> text(String path) {
        return get(path).filter(answer -> answer.statusCode() == 200).map(HttpResponse::body);
    }

    /**
     * The sum of a metric's series.
     *
     * @param label what stands among the labels of those that count; empty for all
     */
    public double metric(String name, String label) {
        return metrics()
                .orElseThrow(() -> new StackException("there are no metrics at " + url))
                .lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What its heap holds after a collection, which this causes. */
    public double liveHeapBytes() {
        GarbageCollection.in(process.running().orElseThrow().pid());
        return metric("jvm_memory_used_bytes", "area=\"heap\"");
    }

    /** What it has logged, since its last start and before. */
    public List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    /** What a consumer says of its partitions; empty when it does not answer. */
    public Optional<String> partitions() {
        return get("/v1/partitions").map(HttpResponse::body);
    }

    private Optional<String> problem() {
        return get("/actuator/health/readiness")
                .map(answer -> answer.statusCode() == 200
                        ? Optional.<String>empty()
                        : Optional.of("not ready: " + answer.body()))
                .orElse(Optional.of("no answer"));
    }

    private Optional<HttpResponse<String>> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER_WITHIN).build();
        try {
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while asking " + url, e);
        }
    }
}
