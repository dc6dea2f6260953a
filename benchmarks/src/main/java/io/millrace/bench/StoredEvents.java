package io.millrace.bench;

import io.millrace.address.ServerUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many events ClickHouse has that were received since this was made, over its HTTP interface. What came before may
 * still be on its way; what others send meanwhile counts too.
 */
final class StoredEvents {
    private static final Duration POLL = Duration.ofMillis(50);

    private final EventStore store;
    private final String since;

    StoredEvents(ServerUrl server) throws IOException, InterruptedException {
        this.store = new EventStore(server);
        this.since = store.ask("SELECT now64(3, 'UTC')");
    }

    long count() throws IOException, InterruptedException {
        return store.number("SELECT count() FROM events WHERE received_at >= toDateTime64('" + since + "', 3, 'UTC')");
    }

    /**
     * Waits until there are so many.
     *
     * @throws MeasurementException when there are not within the time given
     */
    void await(long rows, Duration within) throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        for (long found = count(); found < rows; found = count()) {
            if (System.nanoTime() - startNanos > within.toNanos()) {
                throw new MeasurementException(
                        "after " + within + " ClickHouse has " + found + " rows and should have " + rows);
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }
}
