package io.millrace.audit;

import io.millrace.address.ServerUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** ClickHouse, read. */
final class EventStore implements AutoCloseable {
    private static final String CONNECT_MILLIS = "10000";

    /** A thorough look at one day of a large installation takes minutes. */
    private static final String ANSWER_MILLIS = "3600000";

    private final ServerUrl url;
    private final Connection connection;

    EventStore(ServerUrl url) {
        this.url = url;
        Properties terms = new Properties();
        terms.setProperty("user", url.user());
        terms.setProperty("password", url.password());
        terms.setProperty("connection_timeout", CONNECT_MILLIS);
        terms.setProperty("socket_timeout", ANSWER_MILLIS);
        // Bounds stand in the statements, one for each partition of each log.
        terms.setProperty("clickhouse_setting_max_query_size", "16777216");
        // What does not fit into memory is grouped and sorted on disk.
        terms.setProperty("clickhouse_setting_max_bytes_before_external_group_by", "1000000000");
        terms.setProperty("clickhouse_setting_max_bytes_before_external_sort", "1000000000");
        try {
            this.connection = DriverManager.getConnection(
                    "jdbc:clickhouse:%s://%s:%d/%s".formatted(url.scheme(), url.host(), url.port(), url.database()),
                    terms);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Takes one row. */
    interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    void forEach(String sql, RowTaker taker) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                taker.take(rows);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** {@return what a table has; its projection answers, so this costs milliseconds at any size} */
    Map<PartitionDay, StoredRows> positions(StoredTable table) {
        Map<PartitionDay, StoredRows> positions = new TreeMap<>();
        forEach(
                table.positionsSql(),
                row -> positions.put(where(row), new StoredRows(row.getLong("row_count"), row.getLong("offset_max"))));
        return positions;
    }

    /** {@return rows of {@code events} below the cut, of one partition and day, by reading them} */
    long eventsBelow(Cut cut, PartitionDay where) {
        long[] rows = new long[1];
        forEach(
                """
                SELECT count() AS row_count FROM events
                WHERE toDate(received_at) = '%s' AND log_id = %d AND partition = %d AND offset < %d""".formatted(where.day(), where.place().logId(), where.place().partition(), cut.end(where.place())),
                row -> rows[0] = row.getLong("row_count"));
        return rows[0];
    }

    /** {@return dead letters below the cut} */
    Map<PartitionDay, Long> deadLetters(Cut cut) {
        Map<PartitionDay, Long> letters = new TreeMap<>();
        forEach("""
                SELECT toString(toDate(received_at)) AS day, log_id, partition, count() AS row_count
                FROM dead_letters FINAL WHERE offset < %s GROUP BY day, log_id, partition""".formatted(cut.sql()), row -> letters.put(where(row), row.getLong("row_count")));
        return letters;
    }

    /** {@return the numbers of {@code storage_state}} */
    Map<String, Long> state() {
        Map<String, Long> state = new HashMap<>();
        forEach(
                "SELECT name, value FROM storage_state FINAL",
                row -> state.put(row.getString("name"), row.getLong("value")));
        return state;
    }

    static LogPartition place(ResultSet row) throws SQLException {
        return new LogPartition(row.getInt("log_id"), row.getInt("partition"));
    }

    static PartitionDay where(ResultSet row) throws SQLException {
        return new PartitionDay(place(row), LocalDate.parse(row.getString("day")));
    }

    private AuditFailure failed(SQLException e) {
        return new AuditFailure("ClickHouse at " + url + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
