package io.millrace.prove.stage;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.Server;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.StackPlan;
import io.millrace.log.Tenant;
import io.millrace.prove.proxy.Ambushes;
import io.millrace.prove.proxy.ExchangeLog;
import io.millrace.prove.proxy.InsertProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The servers, the services and the proxies of one run, in a folder of their own. */
public final class Stage implements AutoCloseable {
    private static final Set<Part> SERVERS = Set.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES);
    /** A stack of servers has ports for services, but no services of its own. */
    private static final List<Part> CONSUMER_PORTS = List.of(Part.CONSUMER, Part.ANALYTICS);

    private static final List<Part> ANALYTICS_PORTS = List.of(Part.INGESTION, Part.RETENTION);

    /** Of each door the one for events and the one for its administration. */
    private static final List<List<Part>> DOOR_PORTS =
            List.of(List.of(Part.INGESTION, Part.ANALYTICS), List.of(Part.RETENTION, Part.CONSUMER));

    private final Path folder;
    private final BrokerClock brokerClock;
    private final LocalStack stack;
    private final ExchangeLog exchanges = new ExchangeLog();
    private final Ambushes ambushes = new Ambushes();
    private final List<InsertProxy> proxies = new ArrayList<>();
    private final List<ServiceProcess> consumers = new ArrayList<>();
    private final List<ServiceProcess> analytics = new ArrayList<>();
    private final List<ServiceProcess> doors = new ArrayList<>();
    private boolean closed;

    private Stage(Path folder, BrokerClock brokerClock, LocalStack stack) {
        this.folder = folder;
        this.brokerClock = brokerClock;
        this.stack = stack;
    }

    /** Starts and migrates all servers, then the consumers. What it could not start it ends again. */
    public static Stage open(Path folder) throws IOException {
        return open(folder, false, Stage::startConsumers);
    }

    /** The same with instances of analytics-service, none of which runs yet, and a broker whose clock can be moved. */
    public static Stage openForQuestions(Path folder) throws IOException {
        return open(folder, true, stage -> {
            stage.startConsumers();
            stage.prepareAnalytics();
        });
    }

    /** The same servers with instances of ingestion-service and nothing else. */
    public static Stage openForSending(Path folder, int doors) throws IOException {
        return open(folder, false, stage -> stage.startDoors(doors));
    }

    /** Brings in the services of a run. */
    @FunctionalInterface
    private interface Entrance {
        void enter(Stage stage) throws IOException;
    }

    private static Stage open(Path given, boolean movableClock, Entrance services) throws IOException {
        Path folder = given.toAbsolutePath();
        StackPlan plan = StackPlan.of(folder, Ports.free(), SERVERS);
        plan.folder().create();
        BrokerClock clock = BrokerClock.of(folder);
        LocalStack stack = LocalStack.of(movableClock ? plan.withBrokerEnvironment(clock.environment()) : plan);
        Stage stage = new Stage(folder, clock, stack);
        // Also when the run is broken off: nothing of it may stay behind.
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "end-of-stage"));
        try {
            stack.start();
            stack.migrate();
            services.enter(stage);
            return stage;
        } catch (RuntimeException | IOException e) {
            stage.close();
            throw e;
        }
    }

    private void startConsumers() throws IOException {
        ServiceLaunch launch = ServiceLaunch.ofConsumers(folder);
        ServerUrl clickHouse = ServerUrl.parse(stack.clickHouse().url());
        for (Part port : CONSUMER_PORTS) {
            int number = consumers.size();
            InsertProxy proxy = InsertProxy.open(number, clickHouse.port(), ambushes, exchanges);
            proxies.add(proxy);
            Map<String, String> servers = new HashMap<>(stack.environment());
            servers.computeIfPresent(
                    "MILLRACE_CLICKHOUSE_URL",
                    (_, url) -> url.replace(":" + clickHouse.port() + "/", ":" + proxy.port() + "/"));
            consumers.add(new ServiceProcess(number, stack.ports().of(port), launch, servers));
        }
        learnClasses(consumers.getFirst());
        consumers.forEach(ServiceProcess::start);
        consumers.forEach(ServiceProcess::awaitReady);
    }

    private void prepareAnalytics() throws IOException {
        ServiceLaunch launch = ServiceLaunch.ofAnalytics(folder);
        for (Part port : ANALYTICS_PORTS) {
            analytics.add(new ServiceProcess(analytics.size(), stack.ports().of(port), launch, stack.environment()));
        }
        learnClasses(analytics.getFirst());
    }

    private void startDoors(int count) throws IOException {
        ServiceLaunch launch = ServiceLaunch.ofDoors(folder);
        for (List<Part> ports : DOOR_PORTS.subList(0, count)) {
            Map<String, String> environment = new HashMap<>(stack.environment());
            environment.put(
                    "MILLRACE_ADMIN_PORT", Integer.toString(stack.ports().of(ports.getLast())));
            doors.add(new ServiceProcess(doors.size(), stack.ports().of(ports.getFirst()), launch, environment));
        }
        doors.forEach(ServiceProcess::start);
        doors.forEach(ServiceProcess::awaitReady);
    }

    /** Its end in good order writes down the classes it has loaded: the many starts to come are cheaper. */
    private static void learnClasses(ServiceProcess first) {
        first.start();
        first.awaitReady();
        first.stop();
    }

    /** Makes a tenant and a key to ask questions with. {@return the key} */
    public String makeQueryKey(Tenant tenant) {
        return tenants().make(tenant, "query");
    }

    /** Makes a tenant and a key to send events with. {@return the key} */
    public String makeIngestKey(Tenant tenant) {
        return tenants().make(tenant, "ingest");
    }

    /** Gives a tenant that there is a quota, over all doors, with a burst of one second. */
    public void limit(Tenant tenant, int eventsPerSecond) {
        tenants().limit(tenant, eventsPerSecond);
    }

    private TenantRows tenants() {
        return new TenantRows(ServerUrl.parse(stack.postgres().url()));
    }

    /** Where everything of the run lies. */
    public Path folder() {
        return folder;
    }

    /** One of Kafka, ClickHouse and PostgreSQL. */
    public Server server(Part part) {
        return stack.server(part);
    }

    /** The process id of a server that runs. */
    public long pid(Part part) {
        return new StackFolder(folder).process(part).running().orElseThrow().pid();
    }

    public List<ServiceProcess> consumers() {
        return consumers;
    }

    /** The instances of analytics-service, if they were prepared. */
    public List<ServiceProcess> analytics() {
        return analytics;
    }

    /** The instances of ingestion-service, if there are any. */
    public List<ServiceProcess> doors() {
        return doors;
    }

    /** A port of this stack that nothing of it listens on. */
    public int sparePort() {
        return stack.ports().of(Part.S3);
    }

    /** Every service of the run. */
    public List<ServiceProcess> services() {
        return Stream.of(consumers, analytics, doors).flatMap(List::stream).toList();
    }

    /** The clock that LogAppendTime is taken from. */
    public BrokerClock brokerClock() {
        return brokerClock;
    }

    /** What has passed the proxies. */
    public ExchangeLog exchanges() {
        return exchanges;
    }

    /** Where faults lie in wait for requests. */
    public Ambushes ambushes() {
        return ambushes;
    }

    /** Does something that starts a process, but not when everything is being ended. */
    public synchronized void unlessClosed(Runnable start) {
        if (!closed) {
            start.run();
        }
    }

    /** Ends everything by force; its data stays. */
    @Override
    public synchronized void close() {
        closed = true;
        services().forEach(ServiceProcess::kill);
        proxies.forEach(InsertProxy::close);
        stack.kill();
    }

    /**
     * Removes the folder of a stage that is closed, without being waited for: beside other work, a hundred thousand small
     * files of ClickHouse take longer to go than a third of a short run.
     */
    public static void forget(Path folder) throws IOException {
        new ProcessBuilder("nice", "rm", "-rf", folder.toAbsolutePath().toString()).start();
    }
}
