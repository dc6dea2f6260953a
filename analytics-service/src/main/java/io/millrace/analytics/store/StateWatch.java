package io.millrace.analytics.store;

import io.millrace.kit.connection.ClickHouse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks again and again how far everything is stored and which content ClickHouse has, so that nobody has to ask who can
 * do with an answer of a moment ago. While ClickHouse is away the last state stands.
 */
public final class StateWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);

    private final ClickHouse clickHouse;
    private final StateQuery query;
    private final Duration interval;
    private final int logId;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("state-watch").factory());
    private @Nullable ScheduledFuture<?> looking;
    private volatile @Nullable StorageState latest;
    private volatile boolean reached = true;

    /** A watch of the tables, for the log of that id. */
    public StateWatch(ClickHouse clickHouse, StoreSettings settings, int logId) {
        this.clickHouse = clickHouse;
        this.query = new StateQuery(settings.silenceMax());
        this.interval = settings.stateInterval();
        this.logId = logId;
    }

    /** {@return the last state seen, if one was} */
    public Optional<StorageState> latest() {
        return Optional.ofNullable(latest);
    }

    /** {@return S of a partition of the log, if a state was seen; 0 when its ledger has no row} */
    public OptionalLong storedTo(int partition) {
        StorageState state = latest;
        return state == null
                ? OptionalLong.empty()
                : OptionalLong.of(state.end(logId, partition).offset());
    }

    private void look() {
        try {
            // Made in any case, so it is this that finds a breaker's server back, whether anybody asks questions or
            // not.
            latest = clickHouse.breaker().watch(() -> query.read(clickHouse.client()));
            if (!reached) {
                LOG.info("ClickHouse tells its state again");
            }
            reached = true;
        } catch (RuntimeException e) {
            // Questions tell their callers; here it only matters that it is tried again, and said once.
            if (reached) {
                LOG.warn("ClickHouse does not tell its state: {}", e.toString());
            }
            reached = false;
        }
    }

    @Override
    public void start() {
        looking = timer.scheduleWithFixedDelay(this::look, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void stop() {
        if (looking != null) {
            looking.cancel(true);
        }
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return looking != null && !looking.isDone();
    }
}
