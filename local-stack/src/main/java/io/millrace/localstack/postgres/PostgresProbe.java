package io.millrace.localstack.postgres;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.process.Probe;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/**
 * Logs in with the account of an address.
 *
 * @param url the address
 */
public record PostgresProbe(ServerUrl url) implements Probe {

    @Override
    public Optional<String> problem() {
        try (Connection connection = login();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e.toString());
        }
    }

    Connection login() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", url.user());
        login.setProperty("password", url.password());
        // Seconds; a server that is coming up refuses at once.
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "5");
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.host() + ":" + url.port() + "/" + url.database(), login);
    }
}
