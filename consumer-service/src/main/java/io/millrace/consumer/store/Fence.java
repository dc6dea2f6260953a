package io.millrace.consumer.store;

import io.millrace.consumer.range.LogPartition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that nothing comes any more of what was sent for a partition, by whomever: what is still on its way will be
 * refused, because its deadline has passed, and what runs is killed. Only then what the tables hold is the last word.
 */
public final class Fence {
    private static final Logger LOG = LoggerFactory.getLogger(Fence.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final Statements statements;
    private final ServerClock clock;

    Fence(Statements statements, ServerClock clock) {
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * Closes it, as far as that is possible now; to be called again until it is.
     *
     * @param deadline the latest of all writes that may be on their way, on ClickHouse's clock
     * @return how long to wait before the next call; zero when it is closed
     * @throws OutsideTrouble when ClickHouse could not be asked
     */
    public Duration close(LogPartition partition, Instant deadline) {
        Instant now = clock.ask().now();
        if (now.isBefore(deadline)) {
            return Duration.between(now, deadline);
        }
        if (running(partition) == 0) {
            return Duration.ZERO;
        }
        LOG.warn("killing what still runs of partition {} after its deadline", partition);
        statements.run(
                "KILL QUERY WHERE current_database = currentDatabase() AND startsWith(query_id, '%s') SYNC"
                        .formatted(QueryIds.prefix(partition)),
                QueryIds.next("fence"),
                Map.of());
        return running(partition) == 0 ? Duration.ZERO : ASK_AGAIN;
    }

    private long running(LogPartition partition) {
        return statements.row(
                "SELECT toInt64(count()) AS running FROM system.processes"
                        + " WHERE current_database = currentDatabase() AND startsWith(query_id, {prefix:String})",
                Map.of("prefix", QueryIds.prefix(partition)),
                row -> row.getLong("running"));
    }
}
