package io.millrace.audit;

import io.millrace.address.ServerUrl;
import io.millrace.log.LogTerms;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** PostgreSQL: which logs there are, and which days of events retention says it has dropped. */
final class ControlDatabase implements AutoCloseable {
    private static final String PATIENCE_SECONDS = "30";

    private final ServerUrl url;
    private final Connection connection;

    ControlDatabase(ServerUrl url) {
        this.url = url;
        Properties terms = new Properties();
        terms.setProperty("user", url.user());
        terms.setProperty("password", url.password());
        terms.setProperty("connectTimeout", PATIENCE_SECONDS);
        terms.setProperty("socketTimeout", PATIENCE_SECONDS);
        try {
            this.connection = DriverManager.getConnection(
                    "jdbc:postgresql://%s:%d/%s".formatted(url.host(), url.port(), url.database()), terms);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** {@return the logs of all topics, oldest first} */
    List<RegisteredLog> logs() {
        try (PreparedStatement select = connection.prepareStatement("""
                        SELECT log_id, topic, topic_id, partitions, duplicate_window_offsets,
                               duplicate_window_time_seconds, timestamp_skew_max_seconds
                        FROM logs ORDER BY log_id""");
                ResultSet row = select.executeQuery()) {
            List<RegisteredLog> logs = new ArrayList<>();
            while (row.next()) {
                LogTerms terms = new LogTerms(
                        row.getInt("log_id"),
                        row.getInt("partitions"),
                        row.getLong("duplicate_window_offsets"),
                        Duration.ofSeconds(row.getLong("duplicate_window_time_seconds")),
                        Duration.ofSeconds(row.getLong("timestamp_skew_max_seconds")));
                logs.add(new RegisteredLog(terms, row.getString("topic"), row.getString("topic_id")));
            }
            return logs;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** {@return the days of {@code events} of which retention has recorded that they are gone} */
    Set<LocalDate> droppedDays() {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT DISTINCT day FROM retention_actions WHERE data_set = 'events' AND state = 'dropped'");
                ResultSet row = select.executeQuery()) {
            Set<LocalDate> days = new HashSet<>();
            while (row.next()) {
                days.add(row.getObject("day", LocalDate.class));
            }
            return days;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private AuditFailure failed(SQLException e) {
        return new AuditFailure("PostgreSQL at " + url + ": " + e.getMessage(), e);
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
