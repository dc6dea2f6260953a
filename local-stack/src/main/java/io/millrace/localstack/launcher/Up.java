package io.millrace.localstack.launcher;

import io.millrace.cli.AdminException;
import io.millrace.localstack.Server;
import io.millrace.localstack.process.PrivateFile;
import io.millrace.localstack.process.StackException;
import io.millrace.localstack.process.Together;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts what does not run. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts what does not run and returns when everything is ready.")
final class Up implements Callable<Integer> {
    /** What a shell says of a program that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    @Mixin
    private Home home = new Home();

    @Option(names = "--fresh", description = "throw away all data, keys and passwords first")
    private boolean fresh;

    @Override
    public Integer call() throws IOException, AdminException, InterruptedException {
        long began = System.nanoTime();
        try (var lock = home.lock()) {
            if (!lock.isValid()) {
                throw new StackException("the lock of " + home.folder().root() + " was lost");
            }
            Startup startup = new Startup(home);
            boolean ranAlready;
            Machine machine;
            try {
                if (fresh) {
                    startup.begin();
                    Wipe.of(home);
                }
                // After the wipe, since it reads the passwords, or makes them.
                machine = new Machine(home.folder(), home.portsToStart(System.getenv()), System.getenv());
                ranAlready = !start(machine, startup);
            } catch (StackException e) {
                if (startup.isAborted()) {
                    return INTERRUPTED;
                }
                throw new StackException(e.getMessage() + "\nWhat runs goes on: ./millrace down stops it.", e);
            } finally {
                startup.done();
            }
            report(machine, ranAlready, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            return 0;
        }
    }

    /** Starts what has to be; false when that is nothing. */
    private boolean start(Machine machine, Startup startup) throws IOException {
        stopOutdated(machine);
        List<Server> missing = unhealthy(machine.all());
        if (missing.isEmpty()) {
            return false;
        }
        startup.begin();
        machine.requirePorts();
        home.notePorts(machine.ports());
        System.out.println("Starting "
                + missing.stream().map(server -> server.part().title()).collect(Collectors.joining(", ")) + " ...");
        startup.announce(missing);
        startup.startServers(machine);
        machine.stack().migrate();
        startup.start(machine.services());
        return true;
    }

    private static void stopOutdated(Machine machine) {
        for (Server service : machine.services()) {
            if (machine.isOutdated(service.part())) {
                System.out.println("  " + service.part().title() + " was built anew and is restarted");
                service.stop();
            }
        }
    }

    private static List<Server> unhealthy(List<Server> all) {
        List<Server> found = Collections.synchronizedList(new ArrayList<>());
        Together.run(all, server -> {
            if (server.problem().isPresent()) {
                found.add(server);
            }
        });
        return found.stream().sorted((a, b) -> a.part().compareTo(b.part())).toList();
    }

    private static void report(Machine machine, boolean ranAlready, long seconds)
            throws IOException, AdminException, InterruptedException {
        Map<String, String> environment = environment(machine);
        PrivateFile.write(machine.folder().root().resolve("env"), EnvironmentText.of(environment));
        System.out.println(ranAlready ? "Everything runs already." : "Everything is ready after " + seconds + " s.");
        System.out.print(new Summary(machine, environment).text());
    }

    private static Map<String, String> environment(Machine machine)
            throws IOException, AdminException, InterruptedException {
        Map<String, String> keys = new DemoKeys(machine).ensure();
        Map<String, String> environment =
                new LinkedHashMap<>(machine.addresses().environment());
        environment.put(DemoKeys.INGEST, keys.getOrDefault(DemoKeys.INGEST, ""));
        environment.put(DemoKeys.QUERY, keys.getOrDefault(DemoKeys.QUERY, ""));
        environment.putAll(machine.stack().environment());
        return environment;
    }
}
