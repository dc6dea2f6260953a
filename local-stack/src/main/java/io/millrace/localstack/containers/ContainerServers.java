package io.millrace.localstack.containers;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.localstack.clickhouse.ClickHouseProbe;
import io.millrace.localstack.kafka.KafkaProbe;
import io.millrace.localstack.postgres.PostgresProbe;
import java.util.List;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.clickhouse.ClickHouseContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Kafka, ClickHouse and PostgreSQL as containers. The versions are those that run without Docker.
 *
 * <p>Testcontainers is no dependency of who uses this module: the build's profile {@code containers} adds it.
 */
public final class ContainerServers {
    private static final String NAME = "millrace";

    private ContainerServers() {}

    /**
     * The servers, not started yet.
     *
     * @throws TestAbortedException when no Docker daemon answers, so that the test counts as skipped
     */
    public static List<Server> make(String clickHousePassword, String postgresPassword) {
        // The client may be there without a daemon, so the daemon is asked.
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new TestAbortedException("millrace.servers=containers, and no Docker daemon answers");
        }
        return List.of(kafka(), clickHouse(clickHousePassword), postgres(postgresPassword));
    }

    private static Server kafka() {
        KafkaContainer container = new KafkaContainer(DockerImageName.parse("apache/kafka:4.3.1"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_TRANSACTION_MAX_TIMEOUT_MS", "10000")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        return new ContainerServer(Part.KAFKA, container, container::getBootstrapServers, KafkaProbe::new);
    }

    private static Server clickHouse(String password) {
        ClickHouseContainer container = new ClickHouseContainer(
                        DockerImageName.parse("clickhouse/clickhouse-server:26.7"))
                .withUsername(NAME)
                .withPassword(password)
                .withDatabaseName(NAME)
                .withEnv("TZ", "UTC");
        return new ContainerServer(
                Part.CLICKHOUSE,
                container,
                () -> "http://" + NAME + ":" + password + "@" + container.getHost() + ":"
                        + container.getMappedPort(8123) + "/?database=" + NAME,
                url -> new ClickHouseProbe(ServerUrl.parse(url)));
    }

    private static Server postgres(String password) {
        PostgreSQLContainer container = new PostgreSQLContainer(DockerImageName.parse("postgres:18.6"))
                .withUsername(NAME)
                .withPassword(password)
                .withDatabaseName(NAME);
        return new ContainerServer(
                Part.POSTGRES,
                container,
                () -> "postgresql://" + NAME + ":" + password + "@" + container.getHost() + ":"
                        + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + NAME,
                url -> new PostgresProbe(ServerUrl.parse(url)));
    }
}
