package io.millrace.bench;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.Part;
import io.millrace.localstack.ServiceArchive;
import io.millrace.localstack.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The consumer-service as it was built, in a process of its own, started as {@code up} does. */
final class ConsumerProcess implements AutoCloseable {
    private static final int END_SECONDS_MAX = 30;

    private final Process process;
    private final URI metrics;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ConsumerProcess(Process process, int port) {
        this.process = process;
        this.metrics = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
    }

    static ConsumerProcess start(PrivateServers servers) throws IOException {
        ServiceArchive archive = new ServiceArchive(Checkout.find().root(), Part.CONSUMER);
        List<String> options = List.of(
                "-Xmx" + Part.CONSUMER.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                options, List.of("-jar", archive.runnable(archive.unpacked()).toString())));
        builder.environment().putAll(servers.environment());
        builder.environment().put("SERVER_PORT", Integer.toString(servers.port(Part.CONSUMER)));
        builder.redirectErrorStream(true);
        builder.redirectOutput(servers.folder().log(Part.CONSUMER).toFile());
        return new ConsumerProcess(builder.start(), servers.port(Part.CONSUMER));
    }

    double processorSeconds() {
        return ProcessorTime.seconds(process.pid());
    }

    /** The sum of a metric over its labels, 0 while it is not there, or the process not yet up. */
    double metric(String name) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (ConnectException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if it has ended by itself. */
    void requireAlive(PrivateServers servers) throws IOException, MeasurementException {
        if (!process.isAlive()) {
            List<String> log = Files.readAllLines(servers.folder().log(Part.CONSUMER));
            throw new MeasurementException("the consumer ended with " + process.exitValue() + ":\n"
                    + String.join("\n", log.subList(Math.max(0, log.size() - 20), log.size())));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
