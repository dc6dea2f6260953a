package io.millrace.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Events at a steady rate, and how long after Kafka's receipt each of them is in ClickHouse. Looked at every
 * {@value #LOOK_EVERY_MILLIS} ms, so what is printed may be that much too long.
 */
final class SteadyFeed {
    private static final int LOOK_EVERY_MILLIS = 100;
    private static final Duration STORED_WITHIN = Duration.ofMinutes(1);

    /** How far each partition is stored, by the projection that keeps just that. */
    private static final String ENDS = "SELECT partition, max(offset) FROM events GROUP BY partition FORMAT TSV";

    private final DemoLog log;
    private final EventStore store;
    private final InstantSource clock;

    SteadyFeed(DemoLog log, EventStore store, InstantSource clock) {
        this.log = log;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Feeds and looks, first for a while that does not count, in which the virtual machines compile what they then run.
     *
     * @param perSecond events
     * @param seconds how long, after as long that does not count
     */
    void run(int perSecond, int seconds, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        millis(1, perSecond, seconds);
        long[] millis = millis(2, perSecond, seconds);
        Arrays.sort(millis);
        out.printf(
                Locale.ROOT,
                "at %d events/s for %d s, from receipt to ClickHouse: median %d ms, 99 %% within %d ms, all within %d ms%n",
                perSecond,
                seconds,
                millis[millis.length / 2],
                millis[(int) (millis.length * 0.99)],
                millis[millis.length - 1]);
    }

    /** How long each event took. */
    private long[] millis(int feed, int perSecond, int seconds)
            throws IOException, MeasurementException, InterruptedException {
        ReceiptTimes received = new ReceiptTimes();
        Thread feeder = Thread.ofPlatform().daemon().start(() -> log.feed(feed, perSecond, seconds, received));
        long[] millis = new long[perSecond * seconds];
        int seen = 0;
        long giveUpNanos = System.nanoTime()
                + Duration.ofSeconds(seconds).plus(STORED_WITHIN).toNanos();
        while (seen < millis.length) {
            if (System.nanoTime() > giveUpNanos) {
                throw new MeasurementException("of " + millis.length + " events fed only " + seen + " are stored"
                        + received.failure().map(failure -> ": " + failure).orElse(""));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            String ends = store.ask(ENDS);
            long now = clock.millis();
            for (String line : ends.lines().toList()) {
                String[] fields = line.split("\t", -1);
                seen = received.stored(Integer.parseInt(fields[0]), Long.parseLong(fields[1]), now, millis, seen);
            }
        }
        feeder.join();
        return millis;
    }
}
