package io.millrace.localstack.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.localstack.Together;
import io.millrace.migrate.MigrationTarget;
import io.millrace.migrate.Migrator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Skipped, and counted as skipped, where no Docker daemon answers. */
class ContainerServersIT {
    @Test
    void vendorsImagesAnswerAndCanBeMigrated() {
        List<Server> made = ContainerServers.make("clickhouse-password", "postgres-password");
        try {
            Together.run(made, Server::start);
            Map<Part, String> urls = new EnumMap<>(Part.class);
            made.forEach(server -> {
                assertThat(server.problem()).isEmpty();
                urls.put(server.part(), server.url());
            });
            var terms = Migrator.migrate(MigrationTarget.of(
                    urls.getOrDefault(Part.KAFKA, ""),
                    urls.getOrDefault(Part.CLICKHOUSE, ""),
                    urls.getOrDefault(Part.POSTGRES, "")));
            assertThat(terms.partitions()).isPositive();
        } finally {
            Together.run(made, Server::stop);
        }
    }
}
