package io.millrace.bench;

import io.millrace.cli.door.BatchBuilder;
import io.millrace.cli.door.BatchLimits;
import io.millrace.cli.door.Delivery;
import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorAddress;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.door.Patience;
import io.millrace.cli.door.Reply;
import io.millrace.demo.ShopTraffic;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** Sends demo events through the door as fast as it takes them. Every one has an id of its own. */
final class DoorFeed {
    private static final int BATCH_EVENTS = 1_000;
    private static final int IN_FLIGHT = 8;

    private final DoorAddress address;
    private final InstantSource clock;
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final ShopTraffic traffic = new ShopTraffic(seed);
    private final byte[] event = new byte[ShopTraffic.EVENT_BYTES_MAX];
    private long sent;

    DoorFeed(DoorAddress address, InstantSource clock) {
        this.address = address;
        this.clock = clock;
    }

    /**
     * Sends so many events and waits until all are accepted.
     *
     * @throws MeasurementException when not all are
     */
    void send(int events) throws MeasurementException, InterruptedException {
        BatchBuilder builder = new BatchBuilder(new BatchLimits(BATCH_EVENTS, BatchLimits.DOOR_BYTES_MAX));
        try (Door door = new Door(address, Patience.DEFAULT, clock);
                Delivery<Integer> delivery = new Delivery<>(door, IN_FLIGHT, DoorFeed::requireAccepted)) {
            for (int rest = events; rest > 0; rest -= BATCH_EVENTS) {
                int batch = Math.min(rest, BATCH_EVENTS);
                for (int made = 0; made < batch; made++) {
                    builder.add(event, 0, traffic.write(clock.millis(), event, 0));
                }
                delivery.send(builder.build("bench" + seed + "-" + sent), batch);
                sent += batch;
            }
            delivery.finish();
        } catch (DoorException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireAccepted(int events, Reply reply) {
        if (reply.accepted() != events) {
            throw new IllegalStateException(
                    "the door rejected " + reply.rejected().getFirst());
        }
    }
}
