package io.millrace.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.cli.door.BatchLimits;
import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.door.ForeignDoor;
import io.millrace.cli.door.ForeignDoor.Told;
import io.millrace.cli.door.Patience;
import io.millrace.event.EventLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadTest {
    private static final BatchLimits THREE = new BatchLimits(3, 1_000_000);

    @TempDir
    private Path folder;

    private final ForeignDoor foreign = new ForeignDoor();
    private final Door door = new Door(
            foreign.address(),
            new Patience(Duration.ofSeconds(10), Duration.ofMillis(1), Duration.ofMillis(1)),
            InstantSource.fixed(Instant.EPOCH));
    private final LoadTally tally = new LoadTally(Optional.empty());

    LoadTest() throws IOException {}

    @AfterEach
    void close() {
        door.close();
        foreign.close();
    }

    @Test
    void everyLineArrivesOnceWhateverTheTrouble() throws Exception {
        String text = numbered(1, 100);
        foreign.then(Told.status(503))
                .then(Told.hangUp())
                .then(ForeignDoor::judge)
                .then(Told.status(429));
        load(text.getBytes(StandardCharsets.UTF_8), options(4));
        assertThat(tally.accepted()).isEqualTo(100);
        assertThat(tally.rejected()).isZero();
        assertThat(foreign.lines()).containsAll(text.lines().toList());
    }

    @Test
    void batchesAreCutByEventsAndBytes() throws Exception {
        load("aaaa\nb\nc\nd\neeee\n".getBytes(StandardCharsets.UTF_8), options(1, new BatchLimits(3, 8)));
        assertThat(foreign.requests())
                .extracting(ForeignDoor.Request::body)
                .containsExactly("aaaa\nb\n", "c\nd\n", "eeee\n");
    }

    @Test
    void batchesOfOneRunAreToldApartByTheirFirstLine() throws Exception {
        load("a\na\na\n\na\n".getBytes(StandardCharsets.UTF_8), options(1));
        assertThat(foreign.requests())
                .extracting(ForeignDoor.Request::idempotencyKey)
                .containsExactly("run-1", "run-5");
    }

    @Test
    void rejectedLinesAreNamedByTheirNumberInTheFile() throws Exception {
        load("a\n\nbad 1\nb\nc\nbad 2\nbad 3".getBytes(StandardCharsets.UTF_8), options(2));
        assertThat(tally.accepted()).isEqualTo(3);
        assertThat(tally.firstRejected())
                .containsExactly(
                        "line 3: event_type_missing: none",
                        "line 6: event_type_missing: none",
                        "line 7: event_type_missing: none");
    }

    @Test
    void firstTenRejectedAreKeptAndAllAreCounted() throws Exception {
        String text = IntStream.rangeClosed(1, 25).mapToObj(line -> "bad").collect(Collectors.joining("\n"));
        load(text.getBytes(StandardCharsets.UTF_8), options(4));
        assertThat(tally.rejected()).isEqualTo(25);
        assertThat(tally.firstRejected())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 10)
                        .mapToObj(line -> "line " + line + ": event_type_missing: none")
                        .toList());
    }

    @Test
    void lineAboveTheLimitIsRejectedAndTheNextIsSent() throws Exception {
        String largest = "x".repeat(EventLimits.EVENT_BYTES_MAX);
        load((largest + "y\n" + largest + "\nz").getBytes(StandardCharsets.UTF_8), options(1));
        assertThat(foreign.lines()).containsExactly(largest, "z");
        assertThat(tally.firstRejected())
                .containsExactly("line 1: event_too_large: the line has 262145 bytes, and an event at most 262144");
    }

    @Test
    void rejectedFileHasEveryLineAsItWas() throws Exception {
        Path file = folder.resolve("rejected.ndjson");
        byte[] text = concat("bad \"é\"\nfine\nbad ", new byte[] {(byte) 0xff}, "\n" + "x".repeat(262_145) + "\n");
        try (RejectedFile all = new RejectedFile(file)) {
            new Load(input(text), options(1), new LoadTally(Optional.of(all))).run(door, _ -> {});
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines)
                .contains(
                        "{\"line\":1,\"code\":\"event_type_missing\",\"detail\":\"none\",\"original\":\"bad \\\"é\\\"\"}",
                        "{\"line\":3,\"code\":\"event_type_missing\",\"detail\":\"none\",\"original_base64\":\"YmFkIP8=\"}");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("{\"line\":4,\"code\":\"event_too_large\""))
                .singleElement()
                .asString()
                .contains("\"original\":\"xxx")
                .endsWith("\"original_bytes\":262145}");
    }

    @Test
    void everythingBeforeTheCutIsSentAndTheCutIsTold() throws Exception {
        byte[] whole = EventInputTest.gzip(numbered(1, 200_000).getBytes(StandardCharsets.UTF_8));
        Load load = new Load(input(Arrays.copyOf(whole, whole.length / 2)), options(2, BatchLimits.DEFAULT), tally);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> load.run(door, _ -> {}))
                .withMessageContaining("is cut short");
        assertThat(load.linesRead()).isPositive().isEqualTo(tally.accepted());
        assertThat(foreign.lines()).hasSize((int) tally.accepted()).doesNotHaveDuplicates();
    }

    @Test
    void doorThatWillNeverTakeItEndsTheLoad() {
        foreign.then(Told.status(401));
        Load load = new Load(input(numbered(1, 1_000).getBytes(StandardCharsets.UTF_8)), options(1), tally);
        assertThatExceptionOfType(DoorException.class)
                .isThrownBy(() -> load.run(door, _ -> {}))
                .withMessageContaining("does not admit the key");
        assertThat(foreign.requests()).hasSize(1);
    }

    @Test
    void rateIsKept() throws Exception {
        Load.Options paced = new Load.Options(BatchLimits.DEFAULT, 4, OptionalLong.of(1_000), "run");
        long startNanos = System.nanoTime();
        load(numbered(1, 300).getBytes(StandardCharsets.UTF_8), paced);
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
        assertThat(foreign.requests()).hasSize(3);
    }

    @Test
    void progressEndsAtTheInputsEnd() throws Exception {
        byte[] text = numbered(1, 10).getBytes(StandardCharsets.UTF_8);
        List<Long> progress = new ArrayList<>();
        new Load(input(text), options(1), tally).run(door, progress::add);
        assertThat(progress).isSorted().endsWith((long) text.length);
    }

    private void load(byte[] text, Load.Options options) throws Exception {
        new Load(input(text), options, tally).run(door, _ -> {});
    }

    private static EventInput input(byte[] bytes) {
        try {
            return EventInput.of("test", new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Load.Options options(int inFlight) {
        return options(inFlight, THREE);
    }

    private static Load.Options options(int inFlight, BatchLimits limits) {
        return new Load.Options(limits, inFlight, OptionalLong.empty(), "run");
    }

    private static String numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(line -> "line " + line + "\n")
                .collect(Collectors.joining());
    }

    private static byte[] concat(String before, byte[] bytes, String after) {
        byte[] start = before.getBytes(StandardCharsets.UTF_8);
        byte[] end = after.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + bytes.length + end.length);
        System.arraycopy(bytes, 0, all, start.length, bytes.length);
        System.arraycopy(end, 0, all, start.length + bytes.length, end.length);
        return all;
    }
}
