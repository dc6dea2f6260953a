package io.millrace.analytics.store;

import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stored results of one partition. */
public final class StoredResults {
    private StoredResults() {}

    /**
     * A result.
     *
     * @param storedTo S
     * @param highest M; negative when no row was read
     */
    public static StoredResult of(List<Total> totals, int logId, int partition, long storedTo, long highest) {
        LogPartition of = new LogPartition(logId, partition);
        StorageState state =
                new StorageState(0, Map.of(), new TreeMap<>(Map.of(of, new StorageState.End(storedTo, Instant.EPOCH))));
        return new StoredResult(
                StoredTable.MINUTES,
                totals,
                totals.stream().map(Total::measures).reduce(Measures.NONE, Measures::plus),
                new TreeMap<>(highest < 0 ? Map.of() : Map.of(of, highest)),
                state,
                true,
                true);
    }
}
