package io.millrace.bench;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.Checkout;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.process.ProcessIdentity;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Servers of one measurement alone, on free ports, migrated; their data is deleted when it ends. Services can be started
 * beside them.
 */
final class PrivateServers implements AutoCloseable {
    private static final Set<Part> SERVERS = EnumSet.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES);

    private final StackFolder folder;
    private final LocalStack stack;
    private final Thread onInterrupt = new Thread(this::end, "bench-end");

    private PrivateServers(StackFolder folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        this.stack = LocalStack.open(folder.root(), Ports.free(), SERVERS);
    }

    static PrivateServers start() throws IOException {
        Path target = Checkout.find().root().resolve("target");
        Files.createDirectories(target);
        PrivateServers servers = new PrivateServers(new StackFolder(Files.createTempDirectory(target, "bench-")));
        servers.stack.migrate();
        return servers;
    }

    String kafka() {
        return stack.kafka().url();
    }

    EventStore clickHouse() {
        return new EventStore(ServerUrl.parse(stack.clickHouse().url()));
    }

    /** The same tables, empty, in a database of another name. */
    EventStore secondDatabase(String name) throws IOException, InterruptedException {
        ServerUrl first = clickHouse().url();
        clickHouse().ask("CREATE DATABASE " + name);
        ServerUrl second =
                new ServerUrl(first.scheme(), first.user(), first.password(), first.host(), first.port(), name);
        Migrator.migrate(new MigrationTarget(
                kafka(), second, ServerUrl.parse(stack.postgres().url()), MigrationTarget.Topic.DEFAULT, ""));
        return new EventStore(second);
    }

    /** What a service beside them needs to know. */
    Map<String, String> environment() {
        return stack.environment();
    }

    int port(Part service) {
        return stack.ports().of(service);
    }

    /** Of the administration API, which the ingestion-service serves. */
    int adminPort() {
        return stack.ports().admin();
    }

    /** What opens the administration API. */
    String adminToken() {
        return stack.adminToken();
    }

    StackFolder folder() {
        return folder;
    }

    /** Processor time that a server has used. */
    double processorSeconds(Part server) {
        return ProcessorTime.seconds(pid(server));
    }

    long pid(Part server) {
        return folder.process(server).running().map(ProcessIdentity::pid).orElseThrow();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        end();
    }

    private void end() {
        // The data is of no further use.
        SERVERS.forEach(part -> folder.process(part).kill());
        Cache.delete(folder.root());
    }
}
