package io.millrace.migrate;

import io.millrace.address.ServerUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;

/** The ClickHouse side: its tables and the ledger's opening rows. */
final class EventDatabase {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * What exactly-once and power cuts need of every table; RATIONALE.md of common-schema has the reasons. One list for
     * single and replicated engines, each of which passes over the other's.
     */
    static final String PART_SETTINGS = "non_replicated_deduplication_window = 10000,"
            + " replicated_deduplication_window = 10000,"
            + " replicated_deduplication_window_seconds = 604800,"
            + " fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1,"
            + " old_parts_lifetime = 480";

    private final ServerUrl url;
    private final String cluster;

    EventDatabase(ServerUrl url, String cluster) {
        this.url = url;
        this.cluster = cluster;
    }

    void migrate(ControlDatabase.InstallationKeys keys) {
        if (!NAME.matcher(url.database()).matches()) {
            throw new MigrationException("the ClickHouse URL must name a database, as in ?database=millrace");
        }
        createDatabase();
        Flyway flyway = Flyway.configure()
                .dataSource(jdbcUrl(url.database()), url.user(), url.password())
                .locations("classpath:db/clickhouse")
                .placeholders(placeholders(keys, cluster))
                .load();
        // ClickHouse has no transactions around DDL: a migration that failed half-way is recorded as failed and blocks.
        // Every statement can be run again, so it is forgotten here and run from its start.
        if (Arrays.stream(flyway.info().all())
                .anyMatch(migration -> migration.getState().isFailed())) {
            flyway.repair();
        }
        flyway.migrate();
    }

    /** What stands for the names in braces of the migrations. */
    static Map<String, String> placeholders(ControlDatabase.InstallationKeys keys, String cluster) {
        if (!cluster.isEmpty() && !NAME.matcher(cluster).matches()) {
            throw new MigrationException("a cluster's name is letters, digits and underscores");
        }
        return Map.of(
                "on_cluster",
                cluster.isEmpty() ? "" : "ON CLUSTER " + cluster,
                "replicated",
                cluster.isEmpty() ? "" : "Replicated",
                "part_settings",
                PART_SETTINGS,
                "unique_hash_key0",
                Long.toUnsignedString(keys.key0()),
                "unique_hash_key1",
                Long.toUnsignedString(keys.key1()));
    }

    /** Writes the row that each partition's ledger starts from, where there is none. */
    void openLedger(int logId, Map<Integer, Long> firstOffsets) {
        try (Connection connection = connect(url.database())) {
            Set<Integer> opened = openedPartitions(connection, logId);
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO ledger (log_id, partition, kind, start_offset, end_offset, received_day, stored,
                        duplicates, dead_lettered, skipped, received_from, received_to, leader_epoch,
                        server_started_at, recorded_at)
                    SELECT ?, ?, 'opened', ?, ?, toDate(now('UTC')), 0, 0, 0, 0, now64(3), now64(3), -1,
                        now() - uptime(), now64(3) SETTINGS async_insert = 0""")) {
                for (Map.Entry<Integer, Long> first : firstOffsets.entrySet()) {
                    if (!opened.contains(first.getKey())) {
                        insert.setInt(1, logId);
                        insert.setInt(2, first.getKey());
                        insert.setLong(3, first.getValue());
                        insert.setLong(4, first.getValue());
                        insert.executeUpdate();
                    }
                }
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static Set<Integer> openedPartitions(Connection connection, int logId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT DISTINCT partition FROM ledger WHERE log_id = ?")) {
            select.setInt(1, logId);
            Set<Integer> partitions = new HashSet<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    partitions.add(rows.getInt(1));
                }
            }
            return partitions;
        }
    }

    private void createDatabase() {
        try (Connection connection = connect("default");
                Statement statement = connection.createStatement()) {
            String onCluster = cluster.isEmpty() ? "" : " ON CLUSTER " + cluster;
            statement.execute("CREATE DATABASE IF NOT EXISTS " + url.database() + onCluster);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties account = new Properties();
        account.setProperty("user", url.user());
        account.setProperty("password", url.password());
        return DriverManager.getConnection(jdbcUrl(database), account);
    }

    private String jdbcUrl(String database) {
        return "jdbc:clickhouse:%s://%s:%d/%s".formatted(url.scheme(), url.host(), url.port(), database);
    }

    private MigrationException failed(SQLException e) {
        return new MigrationException("ClickHouse at " + url + ": " + e.getMessage(), e);
    }
}
