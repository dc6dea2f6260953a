package io.millrace.localstack.containers;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.clickhouse.ClickHouseProbe;
import io.millrace.localstack.kafka.KafkaProbe;
import io.millrace.localstack.postgres.PostgresProbe;
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
    private static final int CLICKHOUSE_HTTP_PORT = 8123;

    private ContainerServers() {}

    /**
     * Skips the test, so that it is counted as skipped, unless a Docker daemon answers. The client may be there without
     * one, so the daemon is asked.
     */
    public static void requireDocker() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new TestAbortedException("millrace.servers=containers, and no Docker daemon answers");
        }
    }

    /** A broker, not started yet. */
    public static Container kafka() {
        KafkaContainer container = new KafkaContainer(DockerImageName.parse("apache/kafka:4.3.1"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_TRANSACTION_MAX_TIMEOUT_MS", "10000")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        return new Container(container, container::getBootstrapServers, KafkaProbe::new);
    }

    /** ClickHouse, not started yet. */
    public static Container clickHouse(String password) {
        ClickHouseContainer container = new ClickHouseContainer(
                        DockerImageName.parse("clickhouse/clickhouse-server:26.7"))
                .withUsername(NAME)
                .withPassword(password)
                .withDatabaseName(NAME)
                .withEnv("TZ", "UTC");
        return new Container(
                container,
                () -> "http://%s:%s@%s:%d/?database=%s"
                        .formatted(
                                NAME,
                                password,
                                container.getHost(),
                                container.getMappedPort(CLICKHOUSE_HTTP_PORT),
                                NAME),
                url -> new ClickHouseProbe(ServerUrl.parse(url)));
    }

    /** PostgreSQL, not started yet. */
    public static Container postgres(String password) {
        PostgreSQLContainer container = new PostgreSQLContainer(DockerImageName.parse("postgres:18.6"))
                .withUsername(NAME)
                .withPassword(password)
                .withDatabaseName(NAME);
        return new Container(
                container,
                () -> "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                NAME,
                                password,
                                container.getHost(),
                                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                                NAME),
                url -> new PostgresProbe(ServerUrl.parse(url)));
    }
}
