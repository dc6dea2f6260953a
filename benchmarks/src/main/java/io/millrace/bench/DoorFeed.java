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

/** Sends demo events through the door as fast as it takes them. Every one has an id of its own. */
final class DoorFeed implements RunningFeed.Outlet, AutoCloseable {
    private static final int BATCH_EVENTS = 1_000;
    private static final int IN_FLIGHT = 8;

    private final InstantSource clock;
    private final long seed;
    private final ShopTraffic traffic;
    private final byte[] event = new byte[ShopTraffic.EVENT_BYTES_MAX];
    private final BatchBuilder builder = new BatchBuilder(new BatchLimits(BATCH_EVENTS, BatchLimits.DOOR_BYTES_MAX));
    private final Door door;
    private final Delivery<Integer> delivery;
    private long sent;

    /** @param seed of the traffic, not used before with the same log */
    DoorFeed(DoorAddress address, InstantSource clock, long seed) {
        this.clock = clock;
        this.seed = seed;
        this.traffic = new ShopTraffic(seed);
        this.door = new Door(address, Patience.DEFAULT, clock);
        this.delivery = new Delivery<>(door, IN_FLIGHT, DoorFeed::requireAccepted);
    }

    /** Sends so many events; waits only for earlier ones, and only when too many are under way. */
    @Override
    public void send(int events) throws MeasurementException, InterruptedException {
        try {
            for (int rest = events; rest > 0; rest -= BATCH_EVENTS) {
                int batch = Math.min(rest, BATCH_EVENTS);
                for (int made = 0; made < batch; made++) {
                    builder.add(event, 0, traffic.write(clock.millis(), event, 0));
                }
                delivery.send(builder.build("bench" + seed + "-" + sent), batch);
                sent += batch;
            }
        } catch (DoorException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Waits until all that was sent is accepted.
     *
     * @throws MeasurementException when not all is
     */
    @Override
    public void finish() throws MeasurementException, InterruptedException {
        try {
            delivery.finish();
        } catch (DoorException e) {
            throw new MeasurementException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Waits for nothing. */
    @Override
    public void close() {
        delivery.close();
        door.close();
    }

    private static void requireAccepted(int events, Reply reply) {
        if (reply.accepted() != events) {
            throw new IllegalStateException(
                    "the door rejected " + reply.rejected().getFirst());
        }
    }
}
