package io.millrace.kit.breaker;

import io.micrometer.core.instrument.Tags;
import io.millrace.kit.metrics.Meters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings changes of breakers' states into the control database: within a second or so, and where that is away, afterwards,
 * with the times at which they happened.
 *
 * <p>A replay writes nothing twice, and no write is half-done. A shutdown tries once more; what PostgreSQL does not take
 * then is lost, and the log says how many.
 */
final class BreakerEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BreakerEvents.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Above what waiting for a connection and a statement may take by themselves. */
    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(20);

    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(2);

    /** In one statement. */
    private static final int TOGETHER_MAX = 500;

    private final BreakerEventTable table;
    private final WaitingChanges waiting;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("breaker-events").factory());
    private boolean failing;

    /**
     * Writes into that table.
     *
     * @param heldMax changes that may wait for it
     */
    BreakerEvents(BreakerEventTable table, int heldMax, Meters meters) {
        this.table = table;
        this.waiting = new WaitingChanges(
                heldMax,
                meters.counter(
                        "millrace.breaker.events.dropped",
                        "Changes of breakers' states that were dropped because too many waited for PostgreSQL",
                        Tags.empty()));
        meters.gauge(
                "millrace.breaker.waiting",
                "Changes of breakers' states that are not in PostgreSQL yet",
                "events",
                waiting::size);
    }

    /** Takes note; does not wait. */
    void add(StateChange change) {
        waiting.add(change);
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The main loop: it goes on whatever happens. */
    private void look() {
        try {
            write();
            if (failing) {
                LOG.info("changes of breakers' states are written again");
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("changes of breakers' states wait for PostgreSQL: {}", e.toString());
            }
            failing = true;
        }
    }

    private void write() {
        for (List<StateChange> next = next(); !next.isEmpty(); next = next()) {
            table.write(next).block(WRITTEN_WITHIN);
            waiting.remove(next);
        }
    }

    private List<StateChange> next() {
        return waiting.oldest(TOGETHER_MAX);
    }

    @Override
    public void close() {
        timer.execute(this::look);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(CLOSED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
        if (waiting.size() > 0) {
            LOG.warn("{} changes of breakers' states could not be written", waiting.size());
        }
    }
}
