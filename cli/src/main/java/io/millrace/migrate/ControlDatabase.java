package io.millrace.migrate;

import io.millrace.address.ServerUrl;
import io.millrace.log.LogTerms;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** The PostgreSQL side: its tables, what the installation chose once, and the row of each log. */
final class ControlDatabase {
    private final ServerUrl url;

    ControlDatabase(ServerUrl url) {
        this.url = url;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(url.host(), url.port(), url.database());
    }

    void migrate() {
        Flyway.configure()
                .dataSource(jdbcUrl(), url.user(), url.password())
                .locations("classpath:db/postgresql")
                .load()
                .migrate();
    }

    /**
     * The key of the hashes behind unique counts, chosen at random by the first migration.
     *
     * @param key0 first half
     * @param key1 second half
     */
    record InstallationKeys(long key0, long key1) {}

    InstallationKeys installationKeys(Connection connection) throws SQLException {
        SecureRandom random = new SecureRandom();
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO installation (unique_hash_key0, unique_hash_key1) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, random.nextLong());
            insert.setLong(2, random.nextLong());
            insert.executeUpdate();
        }
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT unique_hash_key0, unique_hash_key1 FROM installation");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new InstallationKeys(row.getLong(1), row.getLong(2));
        }
    }

    /** The log of a topic's incarnation, made with the given terms when it is new. */
    LogTerms register(Connection connection, EventLogs.Topic made, MigrationTarget.Topic wanted) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO logs (topic, topic_id, partitions, duplicate_window_offsets,
                                  duplicate_window_time_seconds, timestamp_skew_max_seconds)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")) {
            insert.setString(1, wanted.name());
            insert.setString(2, made.id());
            insert.setInt(3, made.partitions());
            insert.setLong(4, wanted.duplicateWindowOffsets());
            insert.setLong(5, wanted.duplicateWindowTime().toSeconds());
            insert.setLong(6, wanted.timestampSkewMax().toSeconds());
            insert.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT log_id, duplicate_window_offsets, duplicate_window_time_seconds, timestamp_skew_max_seconds
                FROM logs WHERE topic_id = ? AND partitions = ?""")) {
            select.setString(1, made.id());
            select.setInt(2, made.partitions());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new LogTerms(
                        row.getInt(1),
                        made.partitions(),
                        row.getLong(2),
                        Duration.ofSeconds(row.getLong(3)),
                        Duration.ofSeconds(row.getLong(4)));
            }
        }
    }
}
