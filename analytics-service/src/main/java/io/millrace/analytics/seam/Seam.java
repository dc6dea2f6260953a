package io.millrace.analytics.seam;

import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.tail.LiveTotals;
import io.millrace.analytics.tail.LogEndBoard;
import io.millrace.analytics.tail.Reach;
import io.millrace.analytics.total.Totals;
import io.millrace.log.LogTerms;
import io.millrace.log.PositionVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Joins a stored result with the tails, by offset and not by any clock. Of each partition the stored result has all that
 * was asked for up to an offset ({@link StoredResult#coveredTo}), and a tail that holds all from there on adds the rest.
 * Where no tail does, the answer ends there: it is older, and as exact.
 */
public final class Seam {
    private final LogTerms terms;
    private final LogEndBoard ends;

    /** The seam of one log. */
    public Seam(LogTerms terms, LogEndBoard ends) {
        this.terms = terms;
        this.ends = ends;
    }

    /** {@return the offset from which a partition's tail is to be asked} */
    public long from(StoredResult stored, int partition) {
        return stored.coveredTo(terms.logId(), partition);
    }

    /** {@return a stored result by itself, whose question no tail can answer} */
    public Joined storedOnly(StoredResult stored) {
        return join(stored, LiveTotals.NONE, NotLive.STORED_ONLY);
    }

    /**
     * Joins.
     *
     * @param live what the tails said when asked {@linkplain #from from there on}
     */
    public Joined join(StoredResult stored, LiveTotals live) {
        return join(stored, live, NotLive.PARTITION_MISSING);
    }

    /** Joins, naming a reason for partitions of which no tail said anything. */
    private Joined join(StoredResult stored, LiveTotals live, NotLive unasked) {
        SortedMap<Integer, Long> position = new TreeMap<>();
        SortedMap<NotLive, List<Integer>> notLive = new TreeMap<>();
        Instant completeTo = Instant.MAX;
        boolean joined = false;
        for (int partition = 0; partition < terms.partitions(); partition++) {
            Part part = part(stored, live, partition, unasked);
            position.put(partition, part.end());
            completeTo = part.completeTo().isBefore(completeTo) ? part.completeTo() : completeTo;
            joined |= part.joined();
            int number = partition;
            part.notLive()
                    .ifPresent(why ->
                            notLive.computeIfAbsent(why, _ -> new ArrayList<>()).add(number));
        }
        return new Joined(
                Totals.merged(stored.totals(), live.totals()),
                new PositionVector(terms.logId(), position),
                completeTo,
                notLive,
                joined);
    }

    /** One partition's share: the log's content below its end, with or without the tail. */
    private record Part(long end, boolean joined, Instant completeTo, Optional<NotLive> notLive) {}

    private Part part(StoredResult stored, LiveTotals live, int partition, NotLive unasked) {
        long from = from(stored, partition);
        Reach reach = live.reaches().getOrDefault(partition, Reach.NONE);
        boolean joined = reach.holdsFrom(from);
        long end = joined ? Math.max(from, reach.end()) : from;
        Instant lastReceived = joined && reach.end() >= from
                ? Instant.ofEpochMilli(reach.lastReceivedMillis())
                : stored.state().end(terms.logId(), partition).receivedTo();
        Optional<NotLive> notLive;
        if (joined) {
            notLive = end >= ends.previous(partition).end() ? Optional.empty() : Optional.of(NotLive.TAIL_BEHIND);
        } else if (live.reaches().containsKey(partition)) {
            notLive = Optional.of(reach.isReadBack() ? NotLive.TAIL_SHORT : NotLive.TAIL_REBUILDING);
        } else {
            notLive = Optional.of(unasked);
        }
        return new Part(end, joined, completeTo(partition, end, lastReceived), notLive);
    }

    /** Up to when a partition is complete that is answered up to an offset. */
    private Instant completeTo(int partition, long end, Instant lastReceived) {
        for (LogEndBoard.Seen seen : ends.whole(partition)) {
            if (end >= seen.end() && seen.at().isAfter(lastReceived)) {
                return seen.at();
            }
        }
        return lastReceived;
    }
}
