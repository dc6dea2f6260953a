package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.kit.ServiceProcess;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.log.EventTopic;
import io.millrace.log.PositionVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that becomes another one under a running service. Breaks its servers, so it has its own. */
class ReplacedTopicIT {
    /** As {@code LogReplaced} has it. */
    private static final int EXIT_CODE = 75;

    private final LocalStack stack;
    private final Admin kafka;
    private final Path log;

    ReplacedTopicIT(@TempDir Path folder) {
        stack = LocalStack.open(
                folder.resolve("stack"), Ports.free(), EnumSet.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES));
        kafka = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.properties().get("millrace.kafka")));
        log = folder.resolve("service.log");
    }

    @BeforeEach
    void migrate() {
        stack.migrate();
    }

    @AfterEach
    void stop() {
        kafka.close();
        stack.close();
    }

    private ServiceProcess started() {
        return ServiceProcess.start(AnalyticsService.class.getName(), Part.ANALYTICS, stack, log, Map.of());
    }

    private void makeTopicAnew() throws Exception {
        kafka.deleteTopics(List.of(EventTopic.NAME)).all().get();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !kafka.listTopics().names().get().contains(EventTopic.NAME));
        NewTopic anew =
                new NewTopic(EventTopic.NAME, EventTopic.PARTITIONS_DEFAULT, (short) 1).configs(EventTopic.settings());
        kafka.createTopics(List.of(anew)).all().get();
    }

    private String said() throws IOException {
        return Files.readString(log);
    }

    @Test
    void endsTheProcessWhichStartsAgainOnTheNewLog() throws Exception {
        try (ServiceProcess service = started()) {
            makeTopicAnew();
            assertThat(service.awaitEnd()).isEqualTo(EXIT_CODE);
        }
        assertThat(said())
                .containsPattern(
                        "the topic millrace\\.events is not the one this service started with: its id is \\S+ and"
                                + " was \\S+, it has 12 partitions and had 12\\. .* run migrate");
        stack.migrate();
        try (RunningService service = RunningService.start(stack, Map.of())) {
            String key = service.key(service.newTenant(), Scope.QUERY);
            String position = service.get("/v1/counts", "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", key)
                    .body()
                    .at("/meta/position")
                    .asString();
            assertThat(PositionVector.parse(position).logId()).isEqualTo(2);
        }
    }

    @Test
    void endsTheProcessWhenPartitionsAreAdded() throws Exception {
        try (ServiceProcess service = started()) {
            kafka.createPartitions(Map.of(EventTopic.NAME, NewPartitions.increaseTo(EventTopic.PARTITIONS_DEFAULT + 1)))
                    .all()
                    .get();
            assertThat(service.awaitEnd()).isEqualTo(EXIT_CODE);
        }
        assertThat(said()).contains("it has 13 partitions and had 12");
    }
}
