package io.millrace.localstack.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.process.Together;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Skipped, and counted as skipped, where no Docker daemon answers. */
class ContainerServersIT {
    @Test
    void vendorsImagesAnswerAndCanBeMigrated() {
        ContainerServers.requireDocker();
        Container kafka = ContainerServers.kafka();
        Container clickHouse = ContainerServers.clickHouse("clickhouse-password");
        Container postgres = ContainerServers.postgres("postgres-password");
        List<Container> made = List.of(kafka, clickHouse, postgres);
        try {
            Together.run(made, Container::start);
            assertThat(made)
                    .allSatisfy(server -> assertThat(server.probe().problem()).isEmpty());
            var terms = Migrator.migrate(MigrationTarget.of(kafka.url(), clickHouse.url(), postgres.url()));
            assertThat(terms.partitions()).isPositive();
        } finally {
            Together.run(made, Container::remove);
        }
    }
}
