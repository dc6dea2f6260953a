package io.millrace.localstack;

import io.millrace.localstack.process.Together;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The real servers of one folder.
 *
 * <p>Tests that only need servers share {@link #shared()}; tests that break them on purpose {@link #open} their own.
 */
public final class LocalStack implements AutoCloseable {
    private final StackSecrets secrets;
    private final Ports ports;
    private final Map<Part, Server> servers;
    private final boolean s3First;

    LocalStack(StackSecrets secrets, Ports ports, Collection<Server> servers, boolean s3First) {
        this.secrets = secrets;
        this.ports = ports;
        this.s3First = s3First;
        this.servers = new EnumMap<>(Part.class);
        servers.forEach(server -> this.servers.put(server.part(), server));
    }

    /**
     * The stack that all tests of this JVM share: all four servers on free ports, migrated. The first call starts it;
     * it ends with the JVM, and what a killed JVM left behind is ended by the next one.
     */
    public static LocalStack shared() {
        return SharedStack.get();
    }

    /**
     * Opens a stack of its own and starts its servers. Those of the folder that run already are taken over.
     *
     * @param folder where data, logs and passwords lie; made when it is not there
     * @param ports where the servers listen
     * @param servers which servers
     */
    public static LocalStack open(Path folder, Ports ports, Set<Part> servers) {
        LocalStack stack = of(StackPlan.of(folder, ports, servers));
        stack.start();
        return stack;
    }

    /** The servers of a plan, running or not; nothing is started. */
    public static LocalStack of(StackPlan plan) {
        StackSecrets secrets = StackSecrets.of(plan.folder().create());
        ServerFactory factory = new ServerFactory(plan, secrets);
        return new LocalStack(
                secrets,
                plan.ports(),
                plan.servers().stream().map(factory::server).toList(),
                plan.s3Disk());
    }

    /** All four servers. */
    public static Set<Part> allServers() {
        return EnumSet.copyOf(Part.servers());
    }

    /** Starts what does not run, side by side, and waits until all answer. */
    public void start() {
        if (s3First) {
            s3().start();
        }
        Together.run(servers.values(), Server::start);
    }

    /** Brings both databases and the topic to this release. */
    public void migrate() {
        Migrator.migrate(
                MigrationTarget.of(kafka().url(), clickHouse().url(), postgres().url()));
    }

    /** Stops all servers in good order; their data stays. */
    public void stop() {
        Together.run(servers.values(), Server::stop);
    }

    /** Ends all servers as a power cut would. */
    public void kill() {
        Together.run(servers.values(), Server::kill);
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    /** The broker. */
    public Server kafka() {
        return server(Part.KAFKA);
    }

    /** The event store. */
    public Server clickHouse() {
        return server(Part.CLICKHOUSE);
    }

    /** The control database. */
    public Server postgres() {
        return server(Part.POSTGRES);
    }

    /** The object storage. */
    public Server s3() {
        return server(Part.S3);
    }

    /** A server of this stack. */
    public Server server(Part part) {
        Server server = servers.get(part);
        if (server == null) {
            throw new IllegalArgumentException(part + " is not among the servers of this stack");
        }
        return server;
    }

    /** Where everything listens. */
    public Ports ports() {
        return ports;
    }

    /** The bearer token of the administration API. */
    public String adminToken() {
        return secrets.adminToken();
    }

    /** The addresses of this stack's servers and the administration token, under their environment names. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        servers.values().forEach(server -> environment.put(variable(server.part()), server.url()));
        environment.put("MILLRACE_ADMIN_TOKEN", adminToken());
        return environment;
    }

    /** The same under the names of the services' properties, for starting a service inside a test. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        servers.values().forEach(server -> properties.put(property(server.part()), server.url()));
        properties.put("millrace.admin.token", adminToken());
        return properties;
    }

    /** The servers in starting order. */
    List<Server> servers() {
        return new ArrayList<>(servers.values());
    }

    private static String property(Part part) {
        return part == Part.KAFKA ? "millrace.kafka" : "millrace." + part.id() + ".url";
    }

    private static String variable(Part part) {
        return property(part).toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
