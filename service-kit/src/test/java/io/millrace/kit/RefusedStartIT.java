package io.millrace.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusedStartIT {
    private final LocalStack stack = LocalStack.shared();

    @Test
    void databaseThatWasNeverMigratedIsRefused(CapturedOutput output) throws SQLException {
        String name = newDatabase("template0");
        refused(Map.of("millrace.postgres.url", withDatabase(name)), "was never migrated");
        assertThat(output).contains("Run `migrate` of this release").doesNotContain("at org.springframework");
    }

    @Test
    void databaseThatKnowsAnotherTopicIsRefused() throws SQLException {
        String name = newDatabase(ServerUrl.parse(stack.postgres().url()).database());
        execute(name, "DELETE FROM logs");
        refused(Map.of("millrace.postgres.url", withDatabase(name)), "which no log is registered for");
        execute(
                name,
                "INSERT INTO logs (topic, topic_id, partitions, duplicate_window_offsets,"
                        + " duplicate_window_time_seconds, timestamp_skew_max_seconds) VALUES ('" + EventTopic.NAME
                        + "', '" + topicId() + "', 11, 1, 1, 1)");
        refused(Map.of("millrace.postgres.url", withDatabase(name)), "registered with 11");
    }

    @Test
    void halfDoneMigrationIsRefused() throws SQLException {
        String name = newDatabase(ServerUrl.parse(stack.postgres().url()).database());
        execute(name, "UPDATE flyway_schema_history SET success = false");
        refused(Map.of("millrace.postgres.url", withDatabase(name)), "failed and was left half done");
    }

    @Test
    void databaseWithoutKeysForUniqueCountsIsRefused() throws SQLException {
        String name = newDatabase(ServerUrl.parse(stack.postgres().url()).database());
        execute(name, "DELETE FROM installation");
        refused(Map.of("millrace.postgres.url", withDatabase(name)), "holds no keys for unique counts");
    }

    @Test
    void clickHouseWithoutTheSchemaIsRefused() {
        String url = stack.clickHouse().url().replaceAll("database=\\w+", "database=default");
        refused(Map.of("millrace.clickhouse.url", url), "the schema of ClickHouse was never migrated");
    }

    @Test
    void serverThatIsNotThereIsNamedAfterTheWait() {
        refused(Map.of("millrace.postgres.url", "postgresql://u:p@127.0.0.1:1/db"), "PostgreSQL could not be asked");
    }

    private void refused(Map<String, Object> properties, String why) {
        assertThatThrownBy(() -> TestService.start(stack, properties).close())
                .rootCause()
                .hasMessageContaining(why)
                .satisfies(refused ->
                        assertThat(refused.getClass().getSimpleName()).isEqualTo("StartRefused"));
    }

    private String newDatabase(String template) throws SQLException {
        String name = "t_" + UUID.randomUUID().toString().replace('-', '_');
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template);
        return name;
    }

    private String topicId() {
        try (var service = TestService.start(stack, Map.of())) {
            return service.getBean(io.millrace.kit.eventlog.EventLog.class)
                    .topicId()
                    .toString();
        }
    }

    private String withDatabase(String name) {
        ServerUrl url = ServerUrl.parse(stack.postgres().url());
        return "postgresql://%s:%s@%s:%d/%s".formatted(url.user(), url.password(), url.host(), url.port(), name);
    }

    private void execute(String database, String sql) throws SQLException {
        ServerUrl url = ServerUrl.parse(stack.postgres().url());
        Properties account = new Properties();
        account.setProperty("user", url.user());
        account.setProperty("password", url.password());
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s:%d/%s".formatted(url.host(), url.port(), database), account);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
