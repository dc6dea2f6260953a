package io.millrace.cli;

import io.millrace.cli.door.BatchLimits;
import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.env.Environment;
import io.millrace.cli.env.MissingSettingException;
import io.millrace.cli.load.EventInput;
import io.millrace.cli.load.Load;
import io.millrace.cli.load.LoadTally;
import io.millrace.cli.load.RejectedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code load FILE}: the events of a file, through the door. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Sends the events of a file of NDJSON, plain or gzip, and accounts for every line.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all accepted", "1:some lines were rejected", "2:not finished"})
final class LoadCommand implements Callable<Integer> {
    private static final String RUN_FORM = "[A-Za-z0-9._-]{1,100}";
    private static final long RATE_MAX = 10_000_000;

    private final Shell shell;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final DoorOptions door = new DoorOptions();

    @Parameters(paramLabel = "FILE", description = "One event a line; - reads standard input.")
    private String file = "";

    @Option(names = "--rate", description = "Events a second, at most; as fast as the door takes them if not given.")
    private @Nullable Long rate;

    @Option(names = "--rejected", paramLabel = "FILE", description = "Writes every rejected line there, with reasons.")
    private @Nullable Path rejected;

    @Option(
            names = "--run",
            description = "Name of this run. Events without event_id count once however often they are loaded under one"
                    + " name with the same options; a new name is made up if none is given.")
    private String run = UUID.randomUUID().toString();

    @Option(names = "--batch-events", defaultValue = "2000", description = "Events in a request (${DEFAULT-VALUE}).")
    private int batchEvents;

    @Option(names = "--batch-bytes", defaultValue = "1048576", description = "Bytes in a request (${DEFAULT-VALUE}).")
    private int batchBytes;

    LoadCommand(Shell shell, InstantSource clock) {
        this.shell = shell;
        this.clock = clock;
    }

    @Override
    public Integer call()
            throws IOException, DoorException, MissingSettingException, AdminException, InterruptedException {
        Load.Options options = options();
        Environment environment = shell.environment();
        try (EventInput input = EventInput.open(file, shell.in());
                Door opened = door.open(environment, clock);
                RejectedFile all = rejected == null ? null : new RejectedFile(rejected)) {
            LoadTally tally = new LoadTally(Optional.ofNullable(all));
            Load load = new Load(input, options, tally);
            long startedNanos = System.nanoTime();
            try (LoadProgress progress = new LoadProgress(input.bytesTotal(), shell.interactive())) {
                load.run(opened, progress::at);
            } catch (IOException | DoorException e) {
                report(tally, startedNanos);
                shell.err().println(unfinished(load));
                throw e;
            }
            if (load.linesRead() == 0) {
                shell.err().println(input.name() + " has no lines");
            }
            door.hint(environment, clock).ifPresent(shell.out()::println);
            report(tally, startedNanos);
            return tally.rejected() == 0 ? ExitCode.DONE : ExitCode.REJECTIONS;
        }
    }

    private Load.Options options() {
        BatchLimits limits = Arguments.valid(spec, () -> new BatchLimits(batchEvents, batchBytes));
        OptionalLong eventsPerSecond = rate == null
                ? OptionalLong.empty()
                : OptionalLong.of(Arguments.within(spec, "--rate", rate, 1, RATE_MAX));
        if (!run.matches(RUN_FORM)) {
            throw new ParameterException(
                    spec.commandLine(), "--run is 1 to 100 letters, digits, dots, hyphens and underscores");
        }
        return new Load.Options(limits, door.inFlight(), eventsPerSecond, run);
    }

    private void report(LoadTally tally, long startedNanos) {
        tally.firstRejected().forEach(line -> shell.err().println(line));
        long hidden = tally.rejected() - tally.firstRejected().size();
        if (hidden > 0) {
            shell.err().println("and " + hidden + " more" + (rejected == null ? ": --rejected FILE tells all" : ""));
        }
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        shell.out()
                .printf(
                        Locale.ROOT,
                        "accepted %d, rejected %d%s, %.0f events/s%n",
                        tally.accepted(),
                        tally.rejected(),
                        tally.dropped() == 0 ? "" : ", dropped by rules " + tally.dropped(),
                        tally.accepted() / seconds);
    }

    private String unfinished(Load load) {
        return "not finished: " + load.linesRead()
                + " lines were read; what is neither accepted nor rejected of them may"
                + " or may not have been taken. Loading again completes it and counts nothing twice, if each event has an"
                + " event_id or the same options and --run " + run + " are given.";
    }
}
