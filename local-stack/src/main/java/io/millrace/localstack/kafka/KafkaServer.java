package io.millrace.localstack.kafka;

import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.Library;
import io.millrace.localstack.process.LocalPort;
import io.millrace.localstack.process.Recipe;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * One broker that is its own controller, from the published artifacts on a class path of their own.
 *
 * @param folder where its log and its settings lie
 * @param port where it serves clients
 * @param controllerPort where it serves itself
 * @param library the broker's
 * @param environment added to ours
 */
public record KafkaServer(Path folder, int port, int controllerPort, Library library, Map<String, String> environment)
        implements Recipe {

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(properties(), KafkaProperties.text(log(), port, controllerPort));
        if (!Files.exists(log().resolve("meta.properties"))) {
            format();
        }
    }

    @Override
    public Command command() {
        List<String> options = List.of(
                "-Dmillrace.part=kafka",
                "-Xms64m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // The broker unmaps its index files through sun.misc.Unsafe.
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                // A list of several hundred settings at every start.
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn");
        return new Command(
                JavaCommand.of(
                        options, library, List.of("kafka.Kafka", properties().toString())),
                environment,
                folder);
    }

    @Override
    public Optional<String> problem() {
        // A client is expensive to make and noisy when nobody is there.
        return LocalPort.isListening(port)
                ? new KafkaProbe("127.0.0.1:" + port).problem()
                : Optional.of("nothing listens on port " + port);
    }

    private void format() throws IOException {
        List<String> options =
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", library.jars() + "/*");
        List<String> program = List.of(
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                Uuid.randomUuid().toString(),
                "--standalone",
                "--config",
                properties().toString());
        Process format = new ProcessBuilder(JavaCommand.of(options, program))
                .redirectErrorStream(true)
                .start();
        String said = new String(format.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (format.waitFor() != 0) {
                throw new StackException("Kafka's storage cannot be formatted:\n" + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while formatting Kafka's storage", e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Path properties() {
        return folder.resolve("server.properties");
    }
}
