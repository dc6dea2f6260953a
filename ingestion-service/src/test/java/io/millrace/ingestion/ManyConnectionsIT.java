package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.kit.OpenConnections;
import io.millrace.kit.OpenConnections.Asked;
import io.millrace.kit.OpenConnections.Said;
import io.millrace.kit.ServiceProcess;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** As many connections as one instance is meant for, in use, idle and stalled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyConnectionsIT {
    private static final int CONNECTIONS = OpenConnections.most(10_000);
    private static final int STALLED = CONNECTIONS / 10;
    private static final int AT_ONCE = 8;

    /** Of a connection that was used and is idle; the same bound as that of the analytics-service. */
    private static final long CONNECTION_BYTES_MAX = 5_000;

    /** By which what is alive may differ from one look to the next. */
    private static final long FLAT_BYTES = 24_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalStack stack = LocalStack.shared();
    private final RunningDoor door = RunningDoor.start(stack, Map.of());
    private final String key = door.newIngestKey();
    private final ServiceProcess process;

    /** One door for its administration, and one in a process of its own for what connections take of it. */
    ManyConnectionsIT(@TempDir Path folder) {
        try {
            process = ServiceProcess.start(
                    IngestionService.class.getName(),
                    Part.INGESTION,
                    stack,
                    folder.resolve("many.log"),
                    Map.of(
                            "MILLRACE_ADMIN_PORT",
                            Integer.toString(Ports.free().all(Part.INGESTION).get(1))));
        } catch (RuntimeException e) {
            door.close();
            throw e;
        }
    }

    @AfterAll
    void stop() {
        process.close();
        door.close();
    }

    @Test
    void everyOneOfManyConnectionsIsServedAndMemoryStaysFlat() throws Exception {
        try (OpenConnections few = OpenConnections.open(process.url(), 500)) {
            allAccepted(few);
        }
        long before = process.liveBytes();
        try (OpenConnections many = OpenConnections.open(process.url(), CONNECTIONS)) {
            allAccepted(many);
            long used = process.liveBytes();
            assertThat(used - before).isLessThan(CONNECTIONS * CONNECTION_BYTES_MAX);
            allAccepted(many);
            assertThat(process.liveBytes() - used).isLessThan(FLAT_BYTES);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(process.liveBytes() - before).isLessThan(FLAT_BYTES));
    }

    @Test
    void clientsThatStopInTheMiddleHoldNobodyElse() throws Exception {
        try (OpenConnections stalled = OpenConnections.open(process.url(), STALLED);
                OpenConnections others = OpenConnections.open(process.url(), 100)) {
            stalled.stall(_ -> event());
            allAccepted(others);
        }
    }

    private void allAccepted(OpenConnections connections) throws Exception {
        assertThat(connections.ask(AT_ONCE, _ -> event()))
                .extracting(Said::status)
                .containsOnly(202);
    }

    private Asked event() {
        return Asked.post("/v1/events", key, "{\"event_type\":\"one of many\"}");
    }
}
