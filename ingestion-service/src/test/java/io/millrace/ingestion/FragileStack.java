package io.millrace.ingestion;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Ports;
import io.millrace.localstack.StackFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Servers of these tests' own, to be stopped, killed and frozen. Each test leaves them all running. */
final class FragileStack {
    private static @Nullable LocalStack stack;

    private FragileStack() {}

    static synchronized LocalStack get() {
        if (stack == null) {
            try {
                Path parent = Files.createDirectories(Path.of("target", "fragile-stack"));
                LocalStack made = LocalStack.of(
                        new StackFolder(
                                Files.createTempDirectory(parent, "run-").toAbsolutePath()),
                        Ports.free(),
                        LocalStack.allServers());
                Runtime.getRuntime().addShutdownHook(new Thread(made::kill, "fragile-stack-end"));
                made.start();
                made.migrate();
                stack = made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stack;
    }
}
