package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How much the ledger says that the consumer-service has stored. */
final class StoredRanges {
    private static final String STORED = "SELECT sum(stored) FROM ledger FINAL WHERE kind = 'stored'";
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final EventStore store;
    private final ServiceProcess consumer;

    StoredRanges(EventStore store, ServiceProcess consumer) {
        this.store = store;
        this.consumer = consumer;
    }

    /**
     * Waits until there are so many rows in it.
     *
     * @return how many there are then
     * @throws MeasurementException when there are not within the time given
     */
    long await(long rows, Duration within) throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        long stored = store.number(STORED);
        while (stored < rows) {
            consumer.requireAlive();
            if (System.nanoTime() - startNanos > within.toNanos()) {
                throw new MeasurementException(
                        "after " + within + " the ledger has " + stored + " rows and should have " + rows);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
            stored = store.number(STORED);
        }
        return stored;
    }
}
