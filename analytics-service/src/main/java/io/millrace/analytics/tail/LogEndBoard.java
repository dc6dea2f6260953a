package io.millrace.analytics.tail;

import io.millrace.kit.eventlog.LogEnds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the partitions of the log ended when Kafka was last asked, and the time before. For several threads. */
public final class LogEndBoard {
    private final Map<Integer, Noted> noted = new ConcurrentHashMap<>();

    /**
     * An end.
     *
     * @param end the next offset, for those who read what is committed
     * @param at a moment before Kafka said so
     */
    public record Seen(long end, Instant at) {
        static final Seen NEVER = new Seen(0, Instant.EPOCH);
    }

    /** Two looks, newest first. */
    private record Pair(Seen latest, Seen previous) {
        static final Pair NONE = new Pair(Seen.NEVER, Seen.NEVER);

        Pair with(Seen seen) {
            return new Pair(seen, latest);
        }
    }

    /**
     * What is known of a partition.
     *
     * @param ends of all looks
     * @param whole of those that no open transaction hid a part of the log from
     */
    private record Noted(Pair ends, Pair whole) {
        static final Noted NOTHING = new Noted(Pair.NONE, Pair.NONE);
    }

    /** Notes what Kafka said. */
    public void put(LogEnds.End end) {
        Seen seen = new Seen(end.committed(), end.askedAt());
        noted.compute(end.partition(), (_, last) -> {
            Noted before = last == null ? Noted.NOTHING : last;
            return new Noted(
                    before.ends().with(seen),
                    end.hidesNothing() ? before.whole().with(seen) : before.whole());
        });
    }

    private Noted of(int partition) {
        return noted.getOrDefault(partition, Noted.NOTHING);
    }

    /** {@return the end seen last} */
    public Seen latest(int partition) {
        return of(partition).ends().latest();
    }

    /** {@return the end seen before that, which whoever follows the log has passed by now} */
    public Seen previous(int partition) {
        return of(partition).ends().previous();
    }

    /** {@return ends, the last one first, before which everything lies that was received before they were seen} */
    public List<Seen> whole(int partition) {
        Pair whole = of(partition).whole();
        return List.of(whole.latest(), whole.previous());
    }
}
