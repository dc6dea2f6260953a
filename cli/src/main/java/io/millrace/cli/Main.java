package io.millrace.cli;

import io.millrace.audit.AuditFailure;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.env.MissingSettingException;
import io.millrace.migrate.MigrationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The one entry to all commands, and the one place that lists them. */
@Command(
        name = "millrace",
        description = "Works with a running Millrace.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    Main() {}

    static void main(String[] arguments) {
        System.exit(commandLine(Shell.ofProcess()).execute(arguments));
    }

    static CommandLine commandLine(Shell shell) {
        return new CommandLine(new Main())
                .addSubcommand(new LoadCommand(shell, InstantSource.system()))
                .addSubcommand(new DemoCommand(shell, InstantSource.system()))
                .addSubcommand(new MigrateCommand(shell))
                .addSubcommand(new AuditCommand(shell))
                .setOut(new PrintWriter(shell.out(), true, shell.out().charset()))
                .setErr(new PrintWriter(shell.err(), true, shell.err().charset()))
                .setParameterExceptionHandler((e, _) -> misused(e, shell))
                .setExecutionExceptionHandler((e, line, _) -> explain(e, line, shell));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.FAILED;
    }

    private static int misused(ParameterException e, Shell shell) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        shell.err().println(name + ": " + e.getMessage());
        shell.err().println("'" + name + " --help' tells what it takes");
        return ExitCode.FAILED;
    }

    /** Expected failures are told in a sentence; a bug shows where it is. */
    private static int explain(Exception e, CommandLine line, Shell shell) {
        switch (e) {
            case IOException _,
                    DoorException _,
                    MissingSettingException _,
                    AdminException _,
                    MigrationException _,
                    AuditFailure _ ->
                Stream.concat(Stream.of(e), Arrays.stream(e.getSuppressed()))
                        .map(Throwable::getMessage)
                        .distinct()
                        .forEach(message ->
                                shell.err().println(line.getCommandSpec().qualifiedName() + ": " + message));
            default -> e.printStackTrace(shell.err());
        }
        return ExitCode.FAILED;
    }

    /** The version that the build wrote into the archive. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Main.class.getPackage().getImplementationVersion();
            return new String[] {"millrace " + (built == null ? "(not from an archive)" : built)};
        }
    }
}
