package io.millrace.migrate;

import io.millrace.log.LogTerms;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/** Migrates everything under one PostgreSQL advisory lock. */
public final class Migrator {
    /** Any number that nothing else locks by; the first eight letters of the name. */
    private static final long LOCK = 0x6D696C6C72616365L;

    private Migrator() {}

    /**
     * Brings the target to this release.
     *
     * @return the log that events now go to
     * @throws MigrationException when it cannot, with what to do
     */
    public static LogTerms migrate(MigrationTarget target) {
        ControlDatabase control = new ControlDatabase(target.postgres());
        try (Connection connection = DriverManager.getConnection(
                        control.jdbcUrl(),
                        target.postgres().user(),
                        target.postgres().password());
                PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
            control.migrate();
            EventDatabase events = new EventDatabase(target.clickHouse(), target.cluster());
            events.migrate(control.installationKeys(connection));
            try (EventLogs logs = new EventLogs(target.kafka())) {
                LogTerms terms = control.register(connection, logs.ensureTopic(target.topic()), target.topic());
                events.openLedger(
                        terms.logId(), logs.firstOffsets(target.topic().name(), terms.partitions()));
                return terms;
            }
        } catch (SQLException e) {
            throw new MigrationException("PostgreSQL at " + target.postgres() + ": " + e.getMessage(), e);
        } catch (FlywayException e) {
            throw new MigrationException("a migration failed and was not recorded as done: " + e.getMessage(), e);
        }
    }
}
