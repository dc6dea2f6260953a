package io.millrace.prove.stage;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.Checkout;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.localstack.Server;
import io.millrace.localstack.ServiceArchive;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.StackPlan;
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

/** The servers, the consumers and the proxies of one run, in a folder of their own. */
public final class Stage implements AutoCloseable {
    private static final int CONSUMERS = 2;
    private static final Set<Part> SERVERS = Set.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES);

    private final Path folder;
    private final LocalStack stack;
    private final ExchangeLog exchanges = new ExchangeLog();
    private final Ambushes ambushes = new Ambushes();
    private final List<InsertProxy> proxies = new ArrayList<>();
    private final List<ConsumerProcess> consumers = new ArrayList<>();
    private boolean closed;

    private Stage(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.stack = LocalStack.of(StackPlan.of(this.folder, Ports.free(), SERVERS));
    }

    /** Starts and migrates all servers, then the consumers. What it could not start it ends again. */
    public static Stage open(Path folder) throws IOException, InterruptedException {
        Stage stage = new Stage(folder);
        // Also when the run is broken off: nothing of it may stay behind.
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "end-of-stage"));
        try {
            stage.stack.start();
            stage.stack.migrate();
            stage.startConsumers();
            return stage;
        } catch (RuntimeException | IOException | InterruptedException e) {
            stage.close();
            throw e;
        }
    }

    private void startConsumers() throws IOException, InterruptedException {
        ServiceArchive built = new ServiceArchive(Checkout.find().root(), Part.CONSUMER);
        Path unpacked = folder.resolve("consumer");
        built.unpack(unpacked);
        Path archive = built.runnable(unpacked);
        ServerUrl clickHouse = ServerUrl.parse(stack.clickHouse().url());
        // The second's is not a part of this stack, which has no services of its own.
        List<Integer> ports =
                List.of(stack.ports().of(Part.CONSUMER), stack.ports().of(Part.ANALYTICS));
        for (int number = 0; number < CONSUMERS; number++) {
            InsertProxy proxy = InsertProxy.open(number, clickHouse.port(), ambushes, exchanges);
            proxies.add(proxy);
            Map<String, String> servers = new HashMap<>(stack.environment());
            servers.computeIfPresent(
                    "MILLRACE_CLICKHOUSE_URL",
                    (_, url) -> url.replace(":" + clickHouse.port() + "/", ":" + proxy.port() + "/"));
            consumers.add(new ConsumerProcess(number, ports.get(number), folder, archive, servers));
        }
        // The first one's end in good order writes down the classes it has loaded: the many starts to come are cheaper.
        consumers.getFirst().start();
        consumers.getFirst().awaitReady();
        consumers.getFirst().stop();
        consumers.forEach(ConsumerProcess::start);
        consumers.forEach(ConsumerProcess::awaitReady);
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

    public List<ConsumerProcess> consumers() {
        return consumers;
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
        consumers.forEach(ConsumerProcess::kill);
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
