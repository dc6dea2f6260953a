package io.millrace.ingestion;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.StackPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Servers of these tests' own, to be stopped, killed and frozen. Each test leaves them all running. */
final class FragileStack {
    private static @Nullable LocalStack stack;

    private FragileStack() {}

    static synchronized LocalStack get() {
        if (stack == null) {
            LocalStack made = LocalStack.of(
                    StackPlan.of(newFolder(), Ports.free(), EnumSet.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES)));
            Runtime.getRuntime().addShutdownHook(new Thread(made::kill, "fragile-stack-end"));
            made.start();
            made.migrate();
            stack = made;
        }
        return stack;
    }

    private static Path newFolder() {
        try {
            Path parent = Files.createDirectories(Path.of("target", "fragile-stack"));
            return Files.createTempDirectory(parent, "run-").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
