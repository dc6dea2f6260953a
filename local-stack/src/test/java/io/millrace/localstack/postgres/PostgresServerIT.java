package io.millrace.localstack.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.Part;
import io.millrace.localstack.PrivateStack;
import io.millrace.localstack.Server;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresServerIT {
    @RegisterExtension
    static final PrivateStack STACK = new PrivateStack("postgres", Part.POSTGRES);

    private final Server postgres = STACK.stack().postgres();
    private final ServerUrl url = ServerUrl.parse(postgres.url());

    @BeforeAll
    static void oneTable() throws SQLException {
        ServerUrl url = ServerUrl.parse(STACK.stack().postgres().url());
        try (Connection connection = new PostgresProbe(url).login()) {
            run(connection, "CREATE TABLE kept (word text)");
        }
    }

    @Test
    void committedRowsAreKeptOverStopAndKill() throws SQLException {
        List<String> expected = new ArrayList<>(words());
        expected.add(insert("before the stop"));
        postgres.stop();
        assertThat(postgres.problem()).contains("not running");
        postgres.start();
        expected.add(insert("before the kill"));
        postgres.kill();
        postgres.start();
        expected.add(insert("after both"));
        assertThat(words()).containsExactlyElementsOf(expected);
    }

    @Test
    void openConnectionDoesNotKeepItFromStopping() throws SQLException {
        try (Connection idle = new PostgresProbe(url).login()) {
            assertThat(idle.isValid(1)).isTrue();
            postgres.stop();
            assertThat(idle.isValid(1)).isFalse();
        }
        postgres.start();
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + url.port() + "/millrace", "millrace", "guessed"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void isThePinnedVersionInUtf8AndUtc() throws SQLException {
        assertThat(ask("SHOW server_version")).containsExactly("18.6");
        assertThat(ask("SHOW server_encoding")).containsExactly("UTF8");
        assertThat(ask("SHOW log_timezone")).containsExactly("UTC");
        assertThat(ask("SHOW listen_addresses")).containsExactly("127.0.0.1");
    }

    private String insert(String word) throws SQLException {
        try (Connection connection = new PostgresProbe(url).login()) {
            run(connection, "INSERT INTO kept VALUES ('" + word + "')");
        }
        return word;
    }

    private List<String> words() throws SQLException {
        return ask("SELECT word FROM kept");
    }

    private List<String> ask(String sql) throws SQLException {
        try (Connection connection = new PostgresProbe(url).login();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
