package io.millrace.retention;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what the consumer writes, with any day of receipt, straight into ClickHouse, and reads what is left. */
final class StoredDays {
    private final ServerUrl url;

    StoredDays(LocalStack stack) {
        this.url = ServerUrl.parse(stack.clickHouse().url());
    }

    /** Rows of one day of receipt, of three partitions from {@code offset} on, with event times of 2001. */
    void store(LocalDate day, int rows, long offset) {
        execute("""
                INSERT INTO events_in (tenant, event_id, event_type, timestamp, received_at, order_amount, weight,
                    log_id, partition, offset)
                SELECT 'shop', generateUUIDv4(), concat('type-', toString(number %% 5)),
                    toDateTime64('2001-01-31 12:00:00', 3, 'UTC') + number,
                    toDateTime64('%s 12:00:00', 3, 'UTC') + number %% 1000, 1.5, 1, 1, number %% 3, %d + number
                FROM numbers(%d)""".formatted(day, offset, rows));
    }

    void deadLetter(LocalDate day, long offset) {
        execute("""
                INSERT INTO dead_letters (log_id, partition, offset, received_at, tenant, reason, recorded_at)
                SELECT 1, 0, %d, toDateTime64('%s 12:00:00', 3, 'UTC'), 'shop', 'json_invalid', now64(3)""".formatted(offset, day));
    }

    /** A range of the ledger, received at noon of a day. */
    void ledger(int partition, String kind, LocalDate day, long start, long end) {
        execute("""
                INSERT INTO ledger SELECT 1, %d, '%s', %d, %d, '%s', %d, 0, 0, 0,
                    toDateTime64('%s 12:00:00', 3, 'UTC'), toDateTime64('%s 12:00:00', 3, 'UTC'), 0,
                    now() - uptime(), now64(3)""".formatted(partition, kind, start, end, day, end - start, day, day));
    }

    void state(String name, long value) {
        execute("INSERT INTO storage_state VALUES ('%s', %d, now64(6))".formatted(name, value));
    }

    long state(String name) {
        return query("SELECT value FROM storage_state FINAL WHERE name = '" + name + "'")
                .getFirst()
                .getLong("value");
    }

    /** {@return rows by day of a table} */
    Map<LocalDate, Long> rows(String table) {
        Map<LocalDate, Long> rows = new TreeMap<>();
        query("SELECT toString(%s) AS day, toInt64(%s) AS n FROM %s GROUP BY day HAVING n > 0"
                        .formatted(
                                table.startsWith("events_per") ? "received_day" : "toDate(received_at)",
                                table.startsWith("events_per") ? "sum(rows)" : "count()",
                                table))
                .forEach(row -> rows.put(LocalDate.parse(row.getString("day")), row.getLong("n")));
        return rows;
    }

    /** {@return what the ledger says was taken out on a day: partition, start, end and rows of each} */
    List<String> expired(LocalDate day) {
        return query("""
                SELECT partition, start_offset, end_offset, stored FROM ledger FINAL
                WHERE kind = 'expired' AND received_day = '%s' ORDER BY partition, start_offset""".formatted(day)).stream()
                .map(row -> "%d: %d-%d %d"
                        .formatted(
                                row.getInteger("partition"),
                                row.getLong("start_offset"),
                                row.getLong("end_offset"),
                                row.getLong("stored")))
                .toList();
    }

    /** {@return rows that the ledger says were taken out on a day} */
    long expiredRows(LocalDate day) {
        return query("""
                SELECT toInt64(sum(stored)) AS n FROM ledger FINAL
                WHERE kind = 'expired' AND received_day = '%s'""".formatted(day)).getFirst().getLong("n");
    }

    LocalDate today() {
        return LocalDate.parse(
                query("SELECT toString(toDate(now('UTC'))) AS day").getFirst().getString("day"));
    }

    /** Takes all days away. */
    void clear() {
        for (String table : List.of("events", "events_per_minute", "events_per_hour", "dead_letters")) {
            execute("TRUNCATE TABLE " + table);
        }
        execute("ALTER TABLE ledger DELETE WHERE kind = 'expired' SETTINGS mutations_sync = 2");
        for (String name : List.of("events_floor", "minute_floor", "hour_floor", "dead_letters_floor")) {
            state(name, 0);
        }
    }

    void execute(String sql) {
        try (Client client = client()) {
            client.execute(sql).join();
        }
    }

    private List<GenericRecord> query(String sql) {
        try (Client client = client()) {
            return client.queryAll(sql);
        }
    }

    /** A new one each time: those of a pool would be dead after the server was. */
    private Client client() {
        return new Client.Builder()
                .addEndpoint("http://" + url.host() + ":" + url.port())
                .setUsername(url.user())
                .setPassword(url.password())
                .setDefaultDatabase(url.database())
                .setMaxRetries(0)
                .build();
    }
}
