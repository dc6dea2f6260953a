package io.millrace.analytics.store;

import io.millrace.log.PositionVector;
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
 * @param ends S of each partition: everything below it was in all tables by then
 */
public record StorageState(long generation, Map<StoredTable, Instant> floors, SortedMap<LogPartition, Long> ends) {
    public StorageState {
        floors = Map.copyOf(floors);
        ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    }

    Instant floor(StoredTable table) {
        return floors.getOrDefault(table, Instant.EPOCH);
    }

    /** {@return how far one log is stored} */
    public PositionVector position(int logId) {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        ends.forEach((key, end) -> {
            if (key.logId() == logId) {
                offsets.put(key.partition(), end);
            }
        });
        return new PositionVector(logId, offsets);
    }

    /**
     * Whether a table's content changed only by appending between this state and a later one, so that what was read
     * between them is one content and not a mixture.
     */
    boolean isSameStorageAs(StorageState later) {
        return generation % 2 == 0 && generation == later.generation && floors.equals(later.floors);
    }
}
