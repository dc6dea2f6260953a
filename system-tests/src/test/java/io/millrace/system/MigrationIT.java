package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import io.millrace.log.LogTerms;
import io.millrace.migrate.MigrationException;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migration on real servers, each test in databases and with a topic of its own. */
class MigrationIT {
    private final LocalStack stack = LocalStack.shared();
    private final String name = "m" + UUID.randomUUID().toString().replace("-", "");
    private final ServerUrl shared = ServerUrl.parse(stack.environment().get("MILLRACE_POSTGRES_URL"));
    private final ServerUrl sharedEvents = ServerUrl.parse(stack.environment().get("MILLRACE_CLICKHOUSE_URL"));

    @BeforeEach
    void makeControlDatabase() throws SQLException {
        try (Connection connection = postgres(shared.database());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }

    @Test
    void makesTablesTopicAndOpeningRowsOnce() throws SQLException {
        LogTerms made = Migrator.migrate(target(3));
        assertThat(made.partitions()).isEqualTo(3);
        assertThat(clickHouse("SELECT name FROM system.tables WHERE database = '" + name + "' ORDER BY name"))
                .contains("dead_letters", "events", "events_in", "events_per_hour", "events_per_minute", "ledger");
        String ledger =
                "SELECT concat(toString(log_id), '-', toString(partition), '-', kind, '-', toString(end_offset))"
                        + " FROM ledger ORDER BY partition";
        List<String> opened = clickHouse(ledger);
        assertThat(opened).hasSize(3).first().isEqualTo(made.logId() + "-0-opened-0");

        assertThat(Migrator.migrate(target(3))).isEqualTo(made);
        assertThat(clickHouse(ledger)).isEqualTo(opened);
    }

    @Test
    void twoAtOnceWaitForEachOther() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Callable<LogTerms> migration = () -> Migrator.migrate(target(2));
            List<LogTerms> made = new ArrayList<>();
            for (Future<LogTerms> future : threads.invokeAll(List.of(migration, migration, migration))) {
                made.add(future.get());
            }
            assertThat(made.stream().distinct()).hasSize(1);
            assertThat(clickHouse("SELECT toString(count()) FROM ledger")).containsExactly("2");
        }
    }

    @Test
    void topicMadeAnewIsAnotherLog() throws Exception {
        LogTerms first = Migrator.migrate(target(2));
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(name)).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(name));
        }
        LogTerms second = Migrator.migrate(target(2));
        assertThat(second.logId()).isNotEqualTo(first.logId());
        assertThat(clickHouse("SELECT DISTINCT toString(log_id) FROM ledger"))
                .containsExactlyInAnyOrder("" + first.logId(), "" + second.logId());
    }

    @Test
    void termsOfALogAreNeverChanged() {
        LogTerms first = Migrator.migrate(target(2));
        MigrationTarget.Topic other = new MigrationTarget.Topic(
                name, 2, (short) -1, 5, first.duplicateWindowTime(), first.timestampSkewMax());
        assertThat(Migrator.migrate(target(other))).isEqualTo(first);
    }

    @Test
    void refusesATopicThatWouldBreakAPromise() throws Exception {
        try (Admin admin = admin()) {
            NewTopic wrong = new NewTopic(name, Optional.of(1), Optional.empty())
                    .configs(Map.of("message.timestamp.type", "CreateTime"));
            admin.createTopics(List.of(wrong)).all().get();
        }
        assertThatThrownBy(() -> Migrator.migrate(target(1)))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("message.timestamp.type=CreateTime but needs LogAppendTime");
    }

    @Test
    void finishesWhatWasCutOff() throws SQLException {
        clickHouse("CREATE DATABASE " + name, "default");
        // As if the first run had been killed behind its second statement, and another had failed there.
        clickHouse("CREATE TABLE events_in (tenant LowCardinality(String)) ENGINE = Null", name);
        assertThatThrownBy(() -> Migrator.migrate(target(1))).isInstanceOf(MigrationException.class);
        clickHouse("DROP TABLE events_in", name);
        Migrator.migrate(target(1));
        assertThat(clickHouse("SELECT toString(count()) FROM system.tables WHERE database = '" + name
                        + "' AND engine = 'MaterializedView'"))
                .containsExactly("3");
    }

    @Test
    void saysWhatIsOutOfReach() {
        MigrationTarget nowhere = MigrationTarget.of(
                "127.0.0.1:1", stack.environment().get("MILLRACE_CLICKHOUSE_URL"), "postgresql://u:p@127.0.0.1:1/x");
        assertThatThrownBy(() -> Migrator.migrate(nowhere))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("PostgreSQL at postgresql://u@127.0.0.1:1/x");
    }

    private MigrationTarget target(int partitions) {
        return target(MigrationTarget.Topic.DEFAULT.withPartitions(partitions));
    }

    private MigrationTarget target(MigrationTarget.Topic topic) {
        MigrationTarget.Topic own = new MigrationTarget.Topic(
                name,
                topic.partitions(),
                topic.replicationFactor(),
                topic.duplicateWindowOffsets(),
                topic.duplicateWindowTime(),
                topic.timestampSkewMax());
        return new MigrationTarget(stack.environment().get("MILLRACE_KAFKA"), in(sharedEvents), in(shared), own, "");
    }

    private ServerUrl in(ServerUrl server) {
        return new ServerUrl(server.scheme(), server.user(), server.password(), server.host(), server.port(), name);
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.environment().get("MILLRACE_KAFKA")));
    }

    private Connection postgres(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(shared.host(), shared.port(), database),
                shared.user(),
                shared.password());
    }

    private List<String> clickHouse(String sql) throws SQLException {
        return clickHouse(sql, name);
    }

    private List<String> clickHouse(String sql, String database) throws SQLException {
        String url = "jdbc:clickhouse:http://%s:%d/%s".formatted(sharedEvents.host(), sharedEvents.port(), database);
        try (Connection connection = DriverManager.getConnection(url, sharedEvents.user(), sharedEvents.password());
                Statement statement = connection.createStatement()) {
            List<String> values = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        values.add(rows.getString(1));
                    }
                }
            }
            return values;
        }
    }
}
