package io.millrace.bench;

import io.millrace.localstack.Checkout;
import io.millrace.localstack.Part;
import io.millrace.localstack.ServiceArchive;
import io.millrace.localstack.process.GarbageCollection;
import io.millrace.localstack.process.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service as it was built, in a process of its own, started as {@code up} does. */
final class ServiceProcess implements AutoCloseable {
    private static final int END_SECONDS_MAX = 30;
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final PrivateServers servers;
    private final Part part;
    private final Process process;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread onInterrupt;

    private ServiceProcess(PrivateServers servers, Part part, Process process) {
        this.servers = servers;
        this.part = part;
        this.process = process;
        this.onInterrupt = new Thread(process::destroyForcibly, "bench-end-" + part.id());
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Starts it; does not wait. */
    static ServiceProcess start(PrivateServers servers, Part part) throws IOException {
        ServiceArchive archive = new ServiceArchive(Checkout.find().root(), part);
        List<String> options = new ArrayList<>(part.heapOptions());
        options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                options, List.of("-jar", archive.runnable(archive.unpacked()).toString())));
        builder.environment().putAll(servers.environment());
        builder.environment().put("SERVER_PORT", Integer.toString(servers.port(part)));
        builder.environment().put("MILLRACE_ADMIN_PORT", Integer.toString(servers.adminPort()));
        builder.redirectErrorStream(true);
        builder.redirectOutput(servers.folder().log(part).toFile());
        return new ServiceProcess(servers, part, builder.start());
    }

    /** Waits until it says that it is ready. */
    void awaitReady() throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        while (!isReady()) {
            requireAlive();
            if (System.nanoTime() - startNanos > READY_WITHIN.toNanos()) {
                throw new MeasurementException(part.title() + " is not ready after " + READY_WITHIN);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return servers.port(part);
    }

    String title() {
        return part.title();
    }

    long pid() {
        return process.pid();
    }

    double processorSeconds() {
        return ProcessorTime.seconds(pid());
    }

    /** What its heap holds after a collection, which this causes. */
    double liveHeapBytes() throws InterruptedException {
        GarbageCollection.in(pid());
        return metric("jvm_memory_used_bytes", "area=\"heap\"");
    }

    /** The sum of a metric over its labels, 0 while it is not there, or the process not yet up. */
    double metric(String name) throws InterruptedException {
        return metric(name, "");
    }

    private double metric(String name, String label) throws InterruptedException {
        try {
            return http.send(request("/actuator/prometheus"), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .filter(line -> line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (ConnectException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if it has ended by itself. */
    void requireAlive() throws IOException, MeasurementException {
        if (!process.isAlive()) {
            List<String> log = Files.readAllLines(servers.folder().log(part));
            throw new MeasurementException(part.title() + " ended with " + process.exitValue() + ":\n"
                    + String.join("\n", log.subList(Math.max(0, log.size() - 20), log.size())));
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpResponse<Void> answer = http.send(request("/actuator/health/readiness"), BodyHandlers.discarding());
            return answer.statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).build();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
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
