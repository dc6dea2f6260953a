package io.millrace.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.cli.door.ForeignDoor.Told;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeliveryTest {
    private final ForeignDoor foreign = new ForeignDoor();
    private final Door door = new Door(foreign.address(), Patience.DEFAULT, InstantSource.fixed(Instant.EPOCH));
    private final List<Integer> received = new ArrayList<>();

    DeliveryTest() throws IOException {}

    @AfterEach
    void close() {
        door.close();
        foreign.close();
    }

    @Test
    void repliesComeInTheOrderOfSending() throws Exception {
        CountDownLatch secondAnswered = new CountDownLatch(1);
        foreign.then(request -> {
            await(secondAnswered);
            return ForeignDoor.judge(request);
        });
        try (Delivery<Integer> delivery = delivery(3)) {
            delivery.send(BatchTest.batch("a"), 0);
            Awaitility.await().until(() -> foreign.requests().size() == 1);
            delivery.send(BatchTest.batch("b"), 1);
            Awaitility.await().until(() -> foreign.requests().size() == 2);
            delivery.collectDone();
            assertThat(received).isEmpty();
            secondAnswered.countDown();
            delivery.finish();
        }
        assertThat(received).containsExactly(0, 1);
    }

    @Test
    void neverHasMoreUnderWayThanAllowed() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        for (int request = 0; request < 20; request++) {
            foreign.then(asked -> {
                await(open);
                return ForeignDoor.judge(asked);
            });
        }
        try (Delivery<Integer> delivery = delivery(2)) {
            Thread sender = Thread.ofVirtual().start(() -> sendAll(delivery, 6));
            Awaitility.await().until(() -> foreign.requests().size() == 2 && sender.getState() == Thread.State.WAITING);
            assertThat(foreign.requests()).hasSize(2);
            open.countDown();
            assertThat(sender.join(Duration.ofSeconds(10))).isTrue();
            delivery.finish();
        }
        assertThat(received)
                .containsExactlyElementsOf(IntStream.range(0, 6).boxed().toList());
    }

    @Test
    void failureIsToldAfterTheOthersReplies() throws Exception {
        CountDownLatch secondSent = new CountDownLatch(1);
        foreign.then(_ -> {
            await(secondSent);
            return Told.status(404);
        });
        try (Delivery<Integer> delivery = delivery(3)) {
            delivery.send(BatchTest.batch("a"), 0);
            Awaitility.await().until(() -> foreign.requests().size() == 1);
            delivery.send(BatchTest.batch("b"), 1);
            secondSent.countDown();
            assertThatExceptionOfType(DoorException.class).isThrownBy(delivery::finish);
        }
        assertThat(received).containsExactly(1);
    }

    @Test
    void nothingIsSentAfterAFailure() throws Exception {
        foreign.then(Told.status(404));
        try (Delivery<Integer> delivery = delivery(1)) {
            delivery.send(BatchTest.batch("a"), 0);
            assertThatExceptionOfType(DoorException.class).isThrownBy(() -> delivery.send(BatchTest.batch("b"), 1));
            delivery.finish();
        }
        assertThat(foreign.lines()).containsExactly("a");
        assertThat(received).isEmpty();
    }

    @Test
    void atLeastOneAndAtMost64AreUnderWay() {
        assertThatIllegalArgumentException().isThrownBy(() -> delivery(0));
        assertThatIllegalArgumentException().isThrownBy(() -> delivery(65));
        delivery(64).close();
    }

    private Delivery<Integer> delivery(int inFlightMax) {
        return new Delivery<>(door, inFlightMax, (batch, _) -> received.add(batch));
    }

    private static void sendAll(Delivery<Integer> delivery, int batches) {
        try {
            for (int batch = 0; batch < batches; batch++) {
                delivery.send(BatchTest.batch("a"), batch);
            }
        } catch (DoorException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
