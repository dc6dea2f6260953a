package io.millrace.localstack.launcher;

import io.millrace.cli.AdminException;
import io.millrace.localstack.process.StackException;
import io.millrace.migrate.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The entry of the script's commands that start, stop and look at the parts. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        subcommands = {Up.class, Down.class, Status.class, Logs.class})
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    Main() {}

    static void main(String[] arguments) {
        // Clients tell every setting they have; what matters here is printed by the commands.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((e, _, _) -> explain(e))
                .execute(arguments));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }

    /** What the person can mend is told in words; a bug shows where it is. */
    private static int explain(Exception e) {
        switch (e) {
            case StackException _, MigrationException _, AdminException _, IOException _, UncheckedIOException _ ->
                Stream.concat(Stream.of(e), Arrays.stream(e.getSuppressed()))
                        .forEach(one -> System.err.println("millrace: " + one.getMessage()));
            default -> e.printStackTrace(System.err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
