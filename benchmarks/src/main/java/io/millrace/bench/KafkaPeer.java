package io.millrace.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Kafka's {@code ProducerPerformance} in a process of its own, on demo events, into a topic that is deleted afterwards.
 * The producer's settings are the door's.
 */
final class KafkaPeer {
    private static final String TOOL = "org.apache.kafka.tools.ProducerPerformance";
    private static final int PARTITIONS = 12;
    private static final int DISTINCT_EVENTS = 10_000;
    private static final int WARM_UP_SHARE = 10;
    /** In the line of the whole without the warm-up. */
    private static final Pattern RATE =
            Pattern.compile("steady state records sent, ([0-9]+(?:\\.[0-9]+)?) records/sec");

    private static final List<String> PRODUCER_PROPERTIES =
            List.of("acks=all", "compression.type=lz4", "linger.ms=2", "batch.size=131072", "buffer.memory=67108864");

    private final String bootstrapServers;
    private final int recordBytesMax;

    /** With the events in JSON as records. */
    KafkaPeer(String bootstrapServers) {
        this(bootstrapServers, Integer.MAX_VALUE);
    }

    /**
     * With the beginnings of these.
     *
     * @param recordBytesMax how much of each
     */
    KafkaPeer(String bootstrapServers, int recordBytesMax) {
        this.bootstrapServers = bootstrapServers;
        this.recordBytesMax = recordBytesMax;
    }

    /** Records acknowledged a second, a tenth more having gone before to warm up. */
    double recordsPerSecond(int records) throws IOException, MeasurementException, InterruptedException {
        String topic = "millrace.bench." + UUID.randomUUID();
        Path payload = Files.createTempFile("millrace-bench", ".ndjson");
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
            try {
                writeEvents(payload);
                return rate(run(topic, payload, records));
            } finally {
                admin.deleteTopics(List.of(topic)).all().get();
            }
        } catch (ExecutionException e) {
            throw new MeasurementException("Kafka at " + bootstrapServers + ": " + e.getCause(), e);
        } finally {
            Files.delete(payload);
        }
    }

    private String run(String topic, Path payload, int records)
            throws IOException, MeasurementException, InterruptedException {
        int warmUp = records / WARM_UP_SHARE;
        ProcessBuilder tool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TOOL,
                "--bootstrap-server",
                bootstrapServers,
                "--topic",
                topic,
                "--payload-file",
                payload.toString(),
                "--num-records",
                Integer.toString(records + warmUp),
                "--warmup-records",
                Integer.toString(warmUp),
                "--throughput",
                "-1",
                "--command-property");
        tool.command().addAll(PRODUCER_PROPERTIES);
        Process process = tool.redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new MeasurementException(TOOL + " failed:\n" + output);
            }
            return output;
        } finally {
            process.destroy();
        }
    }

    static double rate(String output) throws MeasurementException {
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new MeasurementException(TOOL + " told no rate:\n" + output);
        }
        return Double.parseDouble(rate.group(1));
    }

    private void writeEvents(Path file) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] event : DemoEvents.json(1, DISTINCT_EVENTS)) {
            lines.write(event, 0, Math.min(event.length, recordBytesMax));
            lines.write('\n');
        }
        Files.write(file, lines.toByteArray());
    }
}
