package io.millrace.cli;

import io.millrace.cli.door.BatchBuilder;
import io.millrace.cli.door.BatchLimits;
import io.millrace.cli.door.Delivery;
import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.door.Pace;
import io.millrace.demo.ShopTraffic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Sends shop traffic at a steady rate, each event with the time of its sending. For one use; {@link #stop} may be
 * called by another thread, and what is under way then is still accounted for.
 */
final class DemoRun {
    /**
     * How much to send.
     *
     * @param eventsPerSecond the rate to keep
     * @param duration how long, or zero for until stopped
     * @param seed of the traffic
     * @param inFlightMax requests under way at once
     */
    record Options(long eventsPerSecond, Duration duration, long seed, int inFlightMax) {
        long eventsTotal() {
            return duration.isZero() ? Long.MAX_VALUE : eventsPerSecond * duration.toSeconds();
        }
    }

    private static final int BATCH_EVENTS_MAX = 1_000;
    private static final int BATCHES_PER_SECOND = 20;

    /** What a door that is a little late may take to catch up after the end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Options options;
    private final InstantSource clock;
    private final DemoTally tally;
    private final ShopTraffic traffic;
    private final BatchBuilder builder =
            new BatchBuilder(new BatchLimits(BATCH_EVENTS_MAX, BATCH_EVENTS_MAX * ShopTraffic.EVENT_BYTES_MAX));
    private final byte[] event = new byte[ShopTraffic.EVENT_BYTES_MAX];
    private volatile boolean stopped;

    DemoRun(Options options, InstantSource clock, DemoTally tally) {
        this.options = options;
        this.clock = clock;
        this.tally = tally;
        this.traffic = new ShopTraffic(options.seed());
    }

    void stop() {
        stopped = true;
    }

    void run(Door door) throws DoorException, InterruptedException {
        try (Delivery<Long> delivery = new Delivery<>(door, options.inFlightMax(), (_, reply) -> tally.add(reply))) {
            try {
                send(delivery);
            } catch (DoorException e) {
                settleRest(delivery, e);
                throw e;
            }
            delivery.finish();
        }
    }

    private void send(Delivery<Long> delivery) throws DoorException, InterruptedException {
        long startNanos = System.nanoTime();
        long perSecond = options.eventsPerSecond();
        Pace pace = new Pace(perSecond, perSecond, startNanos);
        long usual = Math.clamp(perSecond / BATCHES_PER_SECOND, 1, BATCH_EVENTS_MAX);
        long sent = 0;
        while (!stopped && sent < options.eventsTotal() && !isOver(startNanos)) {
            long rest = options.eventsTotal() - sent;
            TimeUnit.NANOSECONDS.sleep(pace.nanosUntil(Math.min(usual, rest), System.nanoTime()));
            long due = Math.min(pace.available(System.nanoTime()), Math.min(rest, BATCH_EVENTS_MAX));
            fill(due);
            pace.take(due);
            delivery.send(builder.build("demo-" + options.seed() + "-" + sent), sent);
            sent += due;
        }
    }

    private void fill(long events) {
        long epochMillis = clock.millis();
        for (long made = 0; made < events; made++) {
            builder.add(event, 0, traffic.write(epochMillis, event, 0));
        }
    }

    private boolean isOver(long startNanos) {
        return !options.duration().isZero()
                && System.nanoTime() - startNanos
                        > options.duration().plus(GRACE).toNanos();
    }

    private static void settleRest(Delivery<Long> delivery, DoorException reason) throws InterruptedException {
        try {
            delivery.finish();
        } catch (DoorException e) {
            reason.addSuppressed(e);
        }
    }
}
