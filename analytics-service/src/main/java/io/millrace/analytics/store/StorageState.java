package io.millrace.analytics.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What ClickHouse said of itself at one moment.
 *
 * @param generation odd while stored days are being replaced
 * @param floors by table, the event time below which it may lack events that retention dropped
 * @param ends by partition, up to where everything was in all tables by then
 */
public record StorageState(long generation, Map<StoredTable, Instant> floors, SortedMap<LogPartition, End> ends) {
    public StorageState {
        floors = Map.copyOf(floors);
        ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    }

    Instant floor(StoredTable table) {
        return floors.getOrDefault(table, Instant.EPOCH);
    }

    /**
     * How far a partition is stored.
     *
     * @param offset S: everything below it is
     * @param receivedTo LogAppendTime of the last record that the ledger knows of
     */
    public record End(long offset, Instant receivedTo) {
        private static final End NONE = new End(0, Instant.EPOCH);
    }

    /** {@return how far one partition is stored; nowhere when its ledger has no row} */
    public End end(int logId, int partition) {
        return ends.getOrDefault(new LogPartition(logId, partition), End.NONE);
    }

    /**
     * Whether a table's content changed only by appending between this state and a later one, so that what was read
     * between them is one content and not a mixture.
     */
    public boolean isSameStorageAs(StorageState later) {
        return generation % 2 == 0 && generation == later.generation && floors.equals(later.floors);
    }
}
