package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.door.Door;
import io.millrace.cli.door.ForeignDoor;
import io.millrace.cli.door.ForeignDoor.Request;
import io.millrace.cli.door.ForeignDoor.Told;
import io.millrace.cli.door.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00.123Z"));

    @TempDir
    private Path folder;

    private final ForeignDoor foreign = new ForeignDoor();

    DemoCommandTest() throws IOException {}

    @AfterEach
    void close() {
        foreign.close();
    }

    @Test
    void sendsJustTheRateTimesTheSeconds() {
        CommandLineRun run = demo("--rate", "200", "--seconds", "1", "--seed", "7");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("--seed 7").matches("(?s).*\naccepted 200, rejected 0, [0-9]+ events/s\n");
        assertThat(foreign.lines()).hasSize(200).doesNotHaveDuplicates();
        assertThat(foreign.requests().size()).isGreaterThan(10);
    }

    @Test
    void sameSeedMakesTheSameEventsButForTheirTimes() {
        demo("--rate", "50", "--seconds", "1", "--seed", "7");
        demo("--rate", "50", "--seconds", "1", "--seed", "7");
        List<String> timeless = foreign.lines().stream()
                .map(line -> line.replaceFirst("\"timestamp\":\"[^\"]*\"", ""))
                .toList();
        assertThat(timeless.subList(0, 50)).isEqualTo(timeless.subList(50, 100));
    }

    @Test
    void rejectionsAreToldByReason() {
        foreign.then(request -> Told.json(
                202,
                "{\"accepted\":" + (request.lines().size() - 1)
                        + ",\"rejected\":[{\"index\":0,\"code\":\"nope\",\"detail\":\"not today\"}]}"));
        CommandLineRun run = demo("--rate", "100", "--seconds", "1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("1 rejected, nope: not today").contains("accepted 99, rejected 1, ");
    }

    @Test
    void doorThatStaysAwayEndsItWithAnAccount() {
        foreign.close();
        CommandLineRun run = demo("--rate", "100", "--seconds", "5", "--patience", "0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("accepted 0, rejected 0, ");
        assertThat(run.err()).contains("cannot connect");
    }

    @Test
    void stoppedRunAccountsForWhatItSent() throws Exception {
        DemoTally tally = new DemoTally();
        DemoRun run = new DemoRun(new DemoRun.Options(1_000, Duration.ZERO, 1, 4), CLOCK, tally);
        try (Door door = new Door(foreign.address(), Patience.DEFAULT, CLOCK)) {
            Thread stopper = Thread.ofVirtual().start(() -> {
                Awaitility.await().until(() -> tally.accepted() > 100);
                run.stop();
            });
            run.run(door);
            stopper.join();
        }
        assertThat(tally.accepted()).isEqualTo(foreign.lines().size());
        assertThat(foreign.lines()).allMatch(line -> line.contains("\"timestamp\":\"2026-11-20T10:00:00.123Z\""));
        assertThat(foreign.requests()).extracting(Request::idempotencyKey).doesNotHaveDuplicates();
    }

    @Test
    void doorThatIsTooSlowIsNotWaitedFor() throws Exception {
        for (int batch = 0; batch < 10; batch++) {
            foreign.then(new Told(503, Map.of("Retry-After", "1"), "")).then(ForeignDoor::judge);
        }
        DemoTally tally = new DemoTally();
        DemoRun run = new DemoRun(new DemoRun.Options(1_000, Duration.ofSeconds(1), 1, 1), CLOCK, tally);
        long startNanos = System.nanoTime();
        try (Door door = new Door(foreign.address(), Patience.DEFAULT, CLOCK)) {
            run.run(door);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(6));
        assertThat(tally.accepted()).isPositive();
        assertThat(foreign.requests().size()).isLessThan(10);
    }

    @Test
    void limitsAreExplained() {
        assertThat(demo("--rate", "0").err()).contains("--rate is 1 to 1000000, not 0");
        assertThat(demo("--rate", "1000001").err()).contains("--rate is 1 to 1000000, not 1000001");
        assertThat(demo("--seconds", "-1").err()).contains("--seconds is 0 to 2592000, not -1");
        assertThat(foreign.requests()).isEmpty();
    }

    private CommandLineRun demo(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "demo";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return CommandLineRun.of(
                folder, Map.of("MILLRACE_INGEST_URL", foreign.url(), "MILLRACE_INGEST_KEY", "key-1"), "", arguments);
    }
}
