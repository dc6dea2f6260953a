package io.millrace.analytics.seam;

import io.millrace.analytics.total.Total;
import io.millrace.log.PositionVector;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stored and live data as one.
 *
 * @param totals by type, then by start
 * @param position the totals are the log's content below it
 * @param completeTo a moment before which everything that was received is in, by the clocks of brokers and this service
 * @param notLive partitions that are not up to date, by the reason
 * @param live whether any partition's tail was joined
 */
public record Joined(
        List<Total> totals,
        PositionVector position,
        Instant completeTo,
        SortedMap<NotLive, List<Integer>> notLive,
        boolean live) {
    public Joined {
        totals = List.copyOf(totals);
        notLive = Collections.unmodifiableSortedMap(new TreeMap<>(notLive));
    }
}
