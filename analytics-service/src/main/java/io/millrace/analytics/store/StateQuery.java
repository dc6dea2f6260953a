package io.millrace.analytics.store;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.kit.connection.ClickHouseStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@link StorageState}. The ledger's ends come from a projection: a row per partition, however long it is. */
final class StateQuery {
    static final String SQL = """
            SELECT toString(name) AS name, toUInt32(0) AS log_id, toUInt16(0) AS partition, value,
                toInt64(0) AS received_to
            FROM storage_state FINAL
            UNION ALL
            SELECT 'end' AS name, log_id, partition, toInt64(max(end_offset)) AS value,
                toUnixTimestamp64Milli(max(received_to)) AS received_to
            FROM ledger
            WHERE kind IN ('opened', 'stored', 'lost')
            GROUP BY log_id, partition
            """;

    private static final String END = "end";
    private static final String GENERATION = "generation";

    private final Duration timeout;

    StateQuery(Duration timeout) {
        this.timeout = timeout;
    }

    private record Row(String name, LogPartition of, long value, long receivedToMillis) {}

    StorageState read(Client client) {
        return state(ClickHouseStatement.of(SQL, timeout).rows(client, StateQuery::row));
    }

    private static Row row(ClickHouseBinaryFormatReader reader) {
        return new Row(
                reader.getString("name"),
                new LogPartition(Math.toIntExact(reader.getLong("log_id")), reader.getInteger("partition")),
                reader.getLong("value"),
                reader.getLong("received_to"));
    }

    private static StorageState state(List<Row> rows) {
        long generation = 0;
        Map<StoredTable, Instant> floors = new EnumMap<>(StoredTable.class);
        SortedMap<LogPartition, StorageState.End> ends = new TreeMap<>();
        for (Row row : rows) {
            if (row.name().equals(GENERATION)) {
                generation = row.value();
            } else if (row.name().equals(END)) {
                ends.put(row.of(), new StorageState.End(row.value(), Instant.ofEpochMilli(row.receivedToMillis())));
            } else {
                for (StoredTable table : StoredTable.values()) {
                    if (table.floor().equals(row.name())) {
                        floors.put(table, Instant.ofEpochMilli(row.value()));
                    }
                }
            }
        }
        return new StorageState(generation, floors, ends);
    }
}
