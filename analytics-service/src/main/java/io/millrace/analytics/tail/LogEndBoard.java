package io.millrace.analytics.tail;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the partitions of the log ended when Kafka was last asked, and the time before. For several threads. */
public final class LogEndBoard {
    private final Map<Integer, Seen> latest = new ConcurrentHashMap<>();
    private final Map<Integer, Seen> previous = new ConcurrentHashMap<>();

    /**
     * An end.
     *
     * @param end the next offset, for those who read what is committed
     * @param at a moment before Kafka said so: all that was received before lies before the end
     */
    public record Seen(long end, Instant at) {
        static final Seen NEVER = new Seen(0, Instant.EPOCH);
    }

    /** Notes what Kafka said. */
    public void put(int partition, long end, Instant at) {
        Seen last = latest.put(partition, new Seen(end, at));
        if (last != null) {
            previous.put(partition, last);
        }
    }

    /** {@return the end seen last} */
    public Seen latest(int partition) {
        return latest.getOrDefault(partition, Seen.NEVER);
    }

    /** {@return the end seen before that, which whoever follows the log has passed by now} */
    public Seen previous(int partition) {
        return previous.getOrDefault(partition, Seen.NEVER);
    }
}
