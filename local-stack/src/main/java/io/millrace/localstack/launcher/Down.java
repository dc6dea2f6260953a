package io.millrace.localstack.launcher;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.localstack.StackFolder;
import io.millrace.localstack.process.Together;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything and keeps the data. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops everything; the data stays.")
final class Down implements Callable<Integer> {
    @Mixin
    private Home home = new Home();

    @Override
    public Integer call() throws IOException {
        StackFolder folder = home.folder();
        if (List.of(Part.values()).stream()
                .noneMatch(part -> folder.process(part).running().isPresent())) {
            System.out.println("Nothing runs.");
            return 0;
        }
        try (var lock = home.lock()) {
            if (lock.isValid()) {
                stop(new Machine(folder, home.portsInUse(System.getenv()), System.getenv()));
            }
        }
        System.out.println("Stopped. The data is in " + folder.root());
        return 0;
    }

    /**
     * Stops all parts against the order in which they were started: services while their servers are there, S3 after
     * ClickHouse, which may keep parts in it.
     */
    static void stop(Machine machine) {
        Together.run(machine.services(), server -> stop(machine, server));
        Together.run(
                machine.servers().stream()
                        .filter(server -> server.part() != Part.S3)
                        .toList(),
                server -> stop(machine, server));
        stop(machine, machine.stack().s3());
    }

    private static void stop(Machine machine, Server server) {
        if (machine.folder().process(server.part()).running().isPresent()) {
            server.stop();
            System.out.println("  " + server.part().title() + " stopped");
        }
    }
}
