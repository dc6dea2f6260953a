package io.millrace.localstack;

import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.containers.ContainerServers;
import io.millrace.localstack.process.PidFile;
import io.millrace.localstack.process.ProcessIdentity;
import io.millrace.localstack.process.StackException;
import io.millrace.migrate.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one stack of a test JVM. Its folder under {@code target/} names its owner, so that a later JVM can tell a
 * running neighbour's servers from those that a killed one left behind.
 */
final class SharedStack {
    private static final Path RUNS = Path.of("target", "local-stack");
    private static final String OWNER = "owner.pid";
    /** The property that says where the shared servers come from. */
    private static final String PROVIDER = "millrace.servers";

    private static final String PROCESSES = "processes";
    private static final String CONTAINERS = "containers";

    private SharedStack() {}

    private static @Nullable LocalStack stack;
    private static @Nullable String failure;

    /** Starts the stack at the first call; when that fails, every call says so instead of trying again. */
    static synchronized LocalStack get() {
        if (failure != null) {
            throw new StackException("the shared servers did not start: " + failure);
        }
        if (stack == null) {
            try {
                stack = start();
            } catch (StackException | UncheckedIOException | MigrationException e) {
                failure = e.toString();
                throw e;
            }
        }
        return stack;
    }

    private static LocalStack start() {
        sweep(RUNS);
        ProcessIdentity self = ProcessIdentity.self();
        StackFolder folder = new StackFolder(RUNS.resolve("run-" + self.pid())).create();
        new PidFile(folder.root().resolve(OWNER)).write(self);
        LocalStack stack = servers(folder);
        // Registered before anything is started; killed rather than stopped, because the data is of no further use.
        Runtime.getRuntime().addShutdownHook(new Thread(stack::kill, "local-stack-end"));
        stack.start();
        stack.migrate();
        return stack;
    }

    private static LocalStack servers(StackFolder folder) {
        String provider = System.getProperty(PROVIDER, PROCESSES);
        return switch (provider) {
            case PROCESSES -> LocalStack.of(StackPlan.of(folder.root(), Ports.free(), LocalStack.allServers()));
            case CONTAINERS -> {
                ContainerServers.requireDocker();
                StackSecrets secrets = StackSecrets.of(folder);
                // No image of an S3 server is among the vendors'; it stays a process.
                LocalStack s3 = LocalStack.of(StackPlan.of(folder.root(), Ports.free(), EnumSet.of(Part.S3)));
                List<Server> servers = new ArrayList<>(s3.servers());
                servers.add(new ContainerServer(Part.KAFKA, ContainerServers.kafka()));
                servers.add(new ContainerServer(
                        Part.CLICKHOUSE, ContainerServers.clickHouse(secrets.clickHousePassword())));
                servers.add(new ContainerServer(Part.POSTGRES, ContainerServers.postgres(secrets.postgresPassword())));
                yield new LocalStack(secrets, s3.ports(), servers, false);
            }
            default ->
                throw new StackException(
                        PROVIDER + " must be " + PROCESSES + " or " + CONTAINERS + ", not \"" + provider + "\"");
        };
    }

    /** Ends the servers of every run whose owner has ended, and deletes its folder. */
    static void sweep(Path runs) {
        if (!Files.isDirectory(runs)) {
            return;
        }
        try (Stream<Path> found = Files.list(runs)) {
            List<Path> abandoned = found.filter(
                            run -> new PidFile(run.resolve(OWNER)).running().isEmpty())
                    .toList();
            for (Path run : abandoned) {
                StackFolder folder = new StackFolder(run);
                Part.servers().forEach(part -> folder.process(part).kill());
                Cache.delete(run);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
