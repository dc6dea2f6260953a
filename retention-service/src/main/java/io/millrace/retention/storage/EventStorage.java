package io.millrace.retention.storage;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.ClickHouseStatement;
import io.millrace.retention.expiry.PartitionProgress;
import io.millrace.retention.expiry.StoredDay;
import io.millrace.retention.policy.DataSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What ClickHouse holds, read. Blocks, so not for event loops. All of it can be asked again; a failure is a
 * {@link com.clickhouse.client.api.ClickHouseException} and has changed nothing.
 */
public final class EventStorage {
    private static final String NOW = "SELECT toUnixTimestamp64Milli(now64(3)) AS now";

    /** Answered from the ledger's projection, however long the ledger is. */
    private static final String PROGRESS = """
            SELECT partition, kind = 'stored' AS has_records, max(end_offset) AS stored_to,
                toUnixTimestamp64Milli(max(received_to)) AS last_received
            FROM ledger
            WHERE log_id = {log_id:UInt32} AND kind IN ('opened', 'stored', 'lost')
            GROUP BY partition, kind
            """;

    private static final String DAYS = """
            SELECT table, partition AS day, toInt64(sum(rows)) AS day_rows, toInt64(sum(bytes_on_disk)) AS day_bytes
            FROM system.parts
            WHERE database = currentDatabase() AND active AND table IN {tables:Array(String)}
            GROUP BY table, partition
            HAVING day_rows > 0
            """;

    private final Statements statements;
    private final Duration timeout;

    public EventStorage(ClickHouse clickHouse, StorageSettings settings) {
        this.statements = new Statements(clickHouse);
        this.timeout = settings.readTimeout();
    }

    /** {@return the moment by ClickHouse's clock} */
    public Instant now() {
        return statements.row(statement(NOW), row -> Instant.ofEpochMilli(row.getLong("now")));
    }

    /** {@return how far each partition of a log is stored; one without a ledger is not named} */
    public Map<Integer, PartitionProgress> progress(int logId) {
        Map<Integer, PartitionProgress> progress = new HashMap<>();
        statements.forEach(statement(PROGRESS).with("log_id", logId), row -> {
            long storedTo = row.getLong("stored_to");
            // An opening row has the moment of the opening, at which nothing was received.
            Instant received =
                    row.getBoolean("has_records") ? Instant.ofEpochMilli(row.getLong("last_received")) : null;
            progress.merge(
                    row.getInteger("partition"), new PartitionProgress(storedTo, received), EventStorage::further);
        });
        return progress;
    }

    private static PartitionProgress further(PartitionProgress one, PartitionProgress other) {
        Instant received = one.lastReceived() == null ? other.lastReceived() : one.lastReceived();
        return new PartitionProgress(Math.max(one.storedTo(), other.storedTo()), received);
    }

    /** {@return the days that are stored, of all data sets} */
    public List<StoredDay> days() {
        List<String> tables = new ArrayList<>();
        for (DataSet dataSet : DataSet.values()) {
            tables.add(dataSet.wire());
        }
        return statements.rows(statement(DAYS).with("tables", tables), EventStorage::day);
    }

    /** Whether anything of a day is stored. */
    public boolean holds(DataSet dataSet, LocalDate day) {
        return days().stream()
                .anyMatch(stored -> stored.dataSet() == dataSet && stored.day().equals(day));
    }

    private static StoredDay day(ClickHouseBinaryFormatReader row) {
        String table = row.getString("table");
        return new StoredDay(
                DataSet.of(table).orElseThrow(() -> new IllegalStateException("unknown table " + table)),
                LocalDate.parse(row.getString("day")),
                row.getLong("day_rows"),
                row.getLong("day_bytes"));
    }

    private ClickHouseStatement statement(String sql) {
        return ClickHouseStatement.of(sql, timeout);
    }
}
