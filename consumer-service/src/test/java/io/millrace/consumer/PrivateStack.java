package io.millrace.consumer;

import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.log.EventTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Servers of one test class alone, to be broken on purpose.
 *
 * @param folder with their data
 */
public record PrivateStack(LocalStack stack, Path folder, TestLog log, TestStore store) implements AutoCloseable {

    public static PrivateStack start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "private-stack-");
        LocalStack stack = LocalStack.open(folder, Ports.free(), Set.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::kill, "private-stack-end"));
        stack.migrate();
        return new PrivateStack(
                stack,
                folder,
                new TestLog(stack.kafka().url()),
                new TestStore(stack.clickHouse().url()));
    }

    @Override
    public void close() {
        store.close();
        log.close();
        stack.kill();
    }

    /** Ends a server as a power cut would, and waits until the system has let go of its ports. */
    public void kill(Part part) {
        stack.server(part).kill();
        await().until(() -> stack.ports().taken(part).isEmpty());
    }

    /** Takes everything out of a partition's log, which must not be in use. */
    void emptyLog(int partition) throws IOException {
        Path log;
        try (Stream<Path> found =
                Files.find(folder, 5, (path, _) -> path.endsWith(EventTopic.NAME + "-" + partition))) {
            log = found.findFirst().orElseThrow();
        }
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.toList()) {
                if (!file.endsWith("partition.metadata")) {
                    Files.delete(file);
                }
            }
        }
    }
}
