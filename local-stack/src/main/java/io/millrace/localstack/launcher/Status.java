package io.millrace.localstack.launcher;

import io.millrace.localstack.Server;
import io.millrace.localstack.process.ProcessIdentity;
import io.millrace.localstack.process.Together;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks every part a real question. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows every part; the exit code is 0 only if all are healthy.")
final class Status implements Callable<Integer> {
    @Mixin
    private Home home = new Home();

    @Override
    public Integer call() {
        if (!Files.exists(home.folder().root())) {
            System.out.println("Nothing has been started in " + home.folder().root());
            return 1;
        }
        Machine machine = new Machine(home.folder(), home.portsInUse(System.getenv()), System.getenv());
        Map<Server, Optional<String>> problems = new ConcurrentHashMap<>();
        List<Server> all = machine.all();
        Together.run(all, server -> problems.put(server, server.problem()));
        long bytes = 0;
        for (Server server : all) {
            Optional<ProcessIdentity> process =
                    machine.folder().process(server.part()).running();
            long memory = process.map(ResidentMemory::ofFamily).orElse(0L);
            bytes += memory;
            Optional<String> problem = problems.getOrDefault(server, Optional.empty());
            boolean external = machine.isExternal(server.part());
            System.out.printf(
                    "  %-18s %-11s %-12s %-11s %9s%n",
                    server.part().id(),
                    problem.isEmpty() ? "healthy" : process.isPresent() || external ? "not healthy" : "not running",
                    process.map(identity -> "pid " + identity.pid()).orElse(""),
                    external ? "external" : "port " + machine.port(server.part()),
                    process.isPresent() ? ResidentMemory.text(memory) : "");
            if (process.isPresent() || external) {
                problem.ifPresent(text -> System.out.println("      " + text));
            }
        }
        System.out.println("  Together " + ResidentMemory.text(bytes) + " resident. Data and logs: "
                + home.folder().root());
        return problems.values().stream().allMatch(Optional::isEmpty) ? 0 : 1;
    }
}
