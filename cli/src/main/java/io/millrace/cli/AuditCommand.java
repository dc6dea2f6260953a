package io.millrace.cli;

import io.millrace.audit.Audit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditTarget;
import io.millrace.audit.AuditTerms;
import io.millrace.cli.env.Environment;
import io.millrace.cli.env.MissingSettingException;
import io.millrace.log.EventTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit}: recounts what is stored, while everything runs or rests. Only reads. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Recounts everything that is stored and prints the difference, which must be 0.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:everything adds up", "1:something does not", "2:it could not be carried out"})
final class AuditCommand implements Callable<Integer> {
    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--wait",
            defaultValue = "PT0S",
            description = "Waits so long, as in PT30S, until what is in the log now is stored;"
                    + " what is not by then is a difference. Else what is not stored yet is lag, and none.")
    private Duration wait = Duration.ZERO;

    @Option(names = "--thorough", description = "Reads all rows: looks for doubles, and compares the views' sums.")
    private boolean thorough;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, MissingSettingException {
        AuditTerms terms = Arguments.valid(spec, () -> new AuditTerms(thorough, wait));
        Environment environment = shell.environment();
        AuditReport report = Audit.run(
                new AuditTarget(
                        environment.require("MILLRACE_KAFKA"),
                        MigrateCommand.url(environment, "MILLRACE_CLICKHOUSE_URL"),
                        MigrateCommand.url(environment, "MILLRACE_POSTGRES_URL"),
                        EventTopic.NAME),
                terms);
        shell.out().println(json ? AuditJson.of(report) : AuditText.of(report));
        return report.difference() == 0 ? ExitCode.DONE : ExitCode.DIFFERENCES;
    }
}
