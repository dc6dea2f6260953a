package io.millrace.cli;

import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.env.Environment;
import io.millrace.cli.env.MissingSettingException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: traffic of an imagined shop, through the door. Ctrl-C ends it with its account. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Sends synthetic shop traffic.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all accepted", "1:some events were rejected", "2:not finished"})
final class DemoCommand implements Callable<Integer> {
    private static final long RATE_MAX = 1_000_000;
    private static final int SECONDS_MAX = 86_400 * 30;
    private static final int REPORT_SECONDS = 5;
    private static final int SETTLING_SECONDS_MAX = 10;

    private final Shell shell;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final DoorOptions door = new DoorOptions();

    @Option(names = "--rate", defaultValue = "1000", description = "Events a second (${DEFAULT-VALUE}).")
    private long rate;

    @Option(names = "--seconds", defaultValue = "60", description = "How long; 0 is until Ctrl-C (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--seed",
            description = "Makes the same events again, ids included, so that sending them twice counts them once;"
                    + " a new one is drawn and told if none is given.")
    private @Nullable Long seed;

    DemoCommand(Shell shell, InstantSource clock) {
        this.shell = shell;
        this.clock = clock;
    }

    @Override
    public Integer call()
            throws IOException, DoorException, MissingSettingException, AdminException, InterruptedException {
        DemoRun.Options options = options();
        Environment environment = shell.environment();
        DemoTally tally = new DemoTally();
        DemoRun run = new DemoRun(options, clock, tally);
        CountDownLatch settled = new CountDownLatch(1);
        Thread onExit = new Thread(() -> stopAndWait(run, settled));
        Runtime.getRuntime().addShutdownHook(onExit);
        try (Door opened = door.open(environment, clock)) {
            shell.out()
                    .println("seed " + options.seed() + ": the same events come again with --seed " + options.seed());
            door.hint(environment, clock).ifPresent(shell.out()::println);
            sendAndReport(run, opened, tally);
            return tally.rejected() == 0 ? ExitCode.DONE : ExitCode.REJECTIONS;
        } finally {
            settled.countDown();
        }
    }

    private void sendAndReport(DemoRun run, Door opened, DemoTally tally) throws DoorException, InterruptedException {
        long startedNanos = System.nanoTime();
        try (ScheduledExecutorService reports = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            DemoReport report = new DemoReport(tally, shell.out(), startedNanos);
            ScheduledFuture<?> ticks = reports.scheduleAtFixedRate(
                    () -> report.tick(System.nanoTime()), REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
            try {
                run.run(opened);
            } finally {
                ticks.cancel(false);
                report.end(System.nanoTime());
            }
        }
    }

    /** At Ctrl-C: nothing new is sent, and the account is awaited for as long as a person waits. */
    private static void stopAndWait(DemoRun run, CountDownLatch settled) {
        run.stop();
        try {
            if (!settled.await(SETTLING_SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("the last requests were not answered in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DemoRun.Options options() {
        long drawn = seed == null ? ThreadLocalRandom.current().nextLong(1L << 32) : seed;
        return new DemoRun.Options(
                Arguments.within(spec, "--rate", rate, 1, RATE_MAX),
                Duration.ofSeconds(Arguments.within(spec, "--seconds", seconds, 0, SECONDS_MAX)),
                drawn,
                door.inFlight());
    }
}
