package io.millrace.prove.stage;

import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.ManagedProcess;
import io.millrace.localstack.process.PidFile;
import io.millrace.localstack.process.SharedClasses;
import io.millrace.localstack.process.Signal;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One consumer-service in a process of its own, which talks to ClickHouse through a proxy of its own. */
public final class ConsumerProcess {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final int number;
    private final URI url;
    private final ManagedProcess process;
    private final Command command;

    ConsumerProcess(int number, int port, Path folder, Path archive, Map<String, String> servers) {
        this.number = number;
        this.url = URI.create("http://127.0.0.1:" + port);
        String name = "consumer-" + number;
        this.process = new ManagedProcess(
                name,
                new PidFile(folder.resolve("run").resolve(name + ".pid")),
                folder.resolve("logs").resolve(name + ".log"));
        this.command = new Command(words(port, folder, archive), servers, folder);
    }

    private static List<String> words(int port, Path folder, Path archive) {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx640m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        options.addAll(new SharedClasses(folder.resolve("consumer-classes.jsa")).options());
        return JavaCommand.of(
                options,
                List.of(
                        "-jar",
                        archive.toString(),
                        "--server.port=" + port,
                        // The broker's least: a takeover is waited for in most faults.
                        "--millrace.consumer.session-timeout=6s",
                        // Which a takeover waits for too, and what is held back shall outlast.
                        "--millrace.consumer.insert-deadline=6s",
                        // Short enough for an answer that is held back to be given up within a run.
                        "--millrace.clickhouse.socket-timeout=8s",
                        "--millrace.consumer.retry-max=2s"));
    }

    /** Which of the consumers, from 0. */
    public int number() {
        return number;
    }

    /** Starts it; does not wait. */
    public void start() {
        process.start(command);
    }

    /** Waits until it is ready. */
    public void awaitReady() {
        process.await(this::problem, START_PATIENCE);
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
        process.send(Signal.STOP);
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
        return get("/actuator/prometheus")
                .filter(answer -> answer.statusCode() == 200)
                .map(HttpResponse::body);
    }

    /** What it says of its partitions; empty when it does not answer. */
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
            throw new StackException("interrupted while asking consumer " + number, e);
        }
    }
}
