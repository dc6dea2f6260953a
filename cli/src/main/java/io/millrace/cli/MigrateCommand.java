package io.millrace.cli;

import io.millrace.address.ServerUrl;
import io.millrace.cli.env.Environment;
import io.millrace.cli.env.MissingSettingException;
import io.millrace.log.EventTopic;
import io.millrace.log.LogTerms;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migrate}: once before each release starts, from a one-shot container or by hand. A replay changes nothing. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Brings both databases and the topic to this release.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything is as this release needs it",
            "2:it is not; nothing was reported as done that was not"
        })
final class MigrateCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--partitions",
            defaultValue = "" + EventTopic.PARTITIONS_DEFAULT,
            description = "Partitions of a topic that is still to be made (${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--replication-factor",
            defaultValue = "-1",
            description =
                    "Replicas of a topic that is still to be made; -1 leaves it to the brokers (${DEFAULT-VALUE}).")
    private short replicationFactor;

    @Option(
            names = "--duplicate-window-offsets",
            defaultValue = "" + LogTerms.DUPLICATE_WINDOW_OFFSETS_DEFAULT,
            description = "Offsets back in which a retry meets its first copy; fixed for a log (${DEFAULT-VALUE}).")
    private long duplicateWindowOffsets;

    @Option(
            names = "--duplicate-window-time",
            defaultValue = "PT24H",
            description = "Time back in which a retry meets its first copy; fixed for a log (${DEFAULT-VALUE}).")
    private Duration duplicateWindowTime = LogTerms.DUPLICATE_WINDOW_TIME_DEFAULT;

    @Option(
            names = "--timestamp-skew-max",
            defaultValue = "PT1H",
            description = "How far an event's time may be ahead of its receipt; fixed for a log (${DEFAULT-VALUE}).")
    private Duration timestampSkewMax = LogTerms.TIMESTAMP_SKEW_MAX_DEFAULT;

    @Option(
            names = "--cluster",
            defaultValue = "",
            description = "Name of the ClickHouse cluster; none is one machine.")
    private String cluster = "";

    MigrateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, MissingSettingException {
        Environment environment = shell.environment();
        MigrationTarget.Topic topic = new MigrationTarget.Topic(
                EventTopic.NAME,
                partitions,
                replicationFactor,
                duplicateWindowOffsets,
                duplicateWindowTime,
                timestampSkewMax);
        LogTerms log = Migrator.migrate(new MigrationTarget(
                environment.require("MILLRACE_KAFKA"),
                url(environment, "MILLRACE_CLICKHOUSE_URL"),
                url(environment, "MILLRACE_POSTGRES_URL"),
                topic,
                cluster));
        shell.out()
                .printf(
                        "Everything is as this release needs it. Events go to log %d with %d partitions.%n",
                        log.logId(), log.partitions());
        return ExitCode.DONE;
    }

    static ServerUrl url(Environment environment, String name) throws IOException, MissingSettingException {
        String value = environment.require(name);
        try {
            return ServerUrl.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }
}
