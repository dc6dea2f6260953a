package io.millrace.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.cli.door.ForeignDoor.Told;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DoorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final Patience QUICK =
            new Patience(Duration.ofSeconds(20), Duration.ofMillis(1), Duration.ofMillis(1));

    private final ForeignDoor foreign = new ForeignDoor();
    private final Door door = new Door(foreign.address(), QUICK, CLOCK);

    DoorTest() throws IOException {}

    @AfterEach
    void close() {
        door.close();
        foreign.close();
    }

    @Test
    void sendsLinesWithTheKey() throws Exception {
        assertThat(door.send(BatchTest.batch("{}", "bad"))).isEqualTo(new Reply(1, List.of(rejection(1))));
        assertThat(foreign.requests())
                .containsExactly(new ForeignDoor.Request("/v1/events", "Bearer key-1", "k", "{}\nbad\n"));
    }

    @Test
    void triesAgainTheSameAfterUnavailableAndHangUp() throws Exception {
        foreign.then(Told.status(503)).then(Told.hangUp()).then(Told.status(429));
        assertThat(door.send(BatchTest.batch("a"))).isEqualTo(new Reply(1, List.of()));
        assertThat(foreign.requests())
                .hasSize(4)
                .containsOnly(foreign.requests().getFirst());
    }

    @Test
    void honoursRetryAfter() throws Exception {
        foreign.then(new Told(503, Map.of("Retry-After", "1"), ""));
        long startNanos = System.nanoTime();
        door.send(BatchTest.batch("a"));
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void givesUpAtOnceWhenAskedToWaitTooLong() {
        foreign.then(new Told(503, Map.of("Retry-After", "21"), "{\"code\":\"log_unavailable\",\"detail\":\"later\"}"));
        assertThatExceptionOfType(DoorException.class)
                .isThrownBy(() -> door.send(BatchTest.batch("a")))
                .withMessageContaining("503 log_unavailable: later (tried 1 times");
        assertThat(foreign.requests()).hasSize(1);
    }

    @Test
    void givesUpWhenPatienceEnds() {
        foreign.close();
        Patience short1 = QUICK.within(Duration.ofMillis(20));
        try (Door closed = new Door(foreign.address(), short1, CLOCK)) {
            assertThatExceptionOfType(DoorException.class)
                    .isThrownBy(() -> closed.send(BatchTest.batch("a")))
                    .withMessageContaining("cannot connect");
        }
    }

    @Test
    void doesNotTryAgainWhatIsFinal() {
        foreign.then(Told.json(404, "{\"code\":\"not_found\",\"detail\":\"no such path\"}"));
        assertThatExceptionOfType(DoorException.class)
                .isThrownBy(() -> door.send(BatchTest.batch("a")))
                .withMessageContaining("HTTP 404 not_found: no such path");
        assertThat(foreign.requests()).hasSize(1);
    }

    @Test
    void sendsHalvesWhenTheWholeIsTooLarge() throws Exception {
        foreign.then(Told.status(413)).then(Told.status(413));
        Reply reply = door.send(BatchTest.batch("a", "bad", "c", "d", "bad"));
        assertThat(reply).isEqualTo(new Reply(3, List.of(rejection(1), rejection(4))));
        assertThat(foreign.requests())
                .extracting(ForeignDoor.Request::body)
                .containsExactly("a\nbad\nc\nd\nbad\n", "a\nbad\n", "a\n", "bad\n", "c\nd\nbad\n");
        assertThat(foreign.requests())
                .extracting(ForeignDoor.Request::idempotencyKey)
                .containsExactly("k", "k", "k", "k+1", "k+2");
    }

    @Test
    void singleEventThatIsTooLargeIsRejected() throws Exception {
        foreign.then(Told.json(413, "{\"code\":\"body_too_large\",\"detail\":\"too much\"}"));
        assertThat(door.send(BatchTest.batch("a")))
                .isEqualTo(new Reply(
                        0, List.of(new Rejection(0, "event_too_large", "HTTP 413 body_too_large: too much"))));
    }

    @Test
    void tellsWhetherTheKeyIsKnown() throws Exception {
        foreign.then(Told.status(503))
                .then(Told.status(401))
                .then(Told.status(403))
                .then(Told.status(400));
        assertThat(door.admits()).isFalse();
        assertThat(door.admits()).isFalse();
        assertThat(door.admits()).isTrue();
        assertThat(foreign.requests()).extracting(ForeignDoor.Request::body).containsOnly("");
    }

    @Test
    void unknownHostIsFinal() {
        try (Door nowhere = new Door(DoorAddress.of("http://nowhere.invalid:1", "k"), QUICK, CLOCK)) {
            assertThatExceptionOfType(DoorException.class)
                    .isThrownBy(() -> nowhere.send(BatchTest.batch("a")))
                    .withMessageContaining("no host of that name");
        }
    }

    @Test
    void addressIsHttpAndTheKeyNotPrinted() {
        DoorAddress address = DoorAddress.of(" http://127.0.0.1:17701/ ", "secret");
        assertThat(address.events()).hasToString("http://127.0.0.1:17701/v1/events");
        assertThat(address.toString()).doesNotContain("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> DoorAddress.of("ftp://host", "k"));
        assertThatIllegalArgumentException().isThrownBy(() -> DoorAddress.of("127.0.0.1:17701", "k"));
        assertThatIllegalArgumentException().isThrownBy(() -> DoorAddress.of("http://host", "a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> DoorAddress.of("http://host", ""));
    }

    private static Rejection rejection(int index) {
        return new Rejection(index, "event_type_missing", "none");
    }
}
