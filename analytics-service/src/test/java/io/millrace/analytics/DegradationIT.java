package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.kit.access.Scope;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.log.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Answers while ClickHouse is away: what was read before, and what has come since. Breaks its server, so it has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DegradationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalStack stack;
    private final RunningService service;
    private final Topic topic;
    private final Tenant tenant;
    private final String key;
    private final String lately;

    DegradationIT(@TempDir Path folder) {
        stack = LocalStack.open(folder, Ports.free(), EnumSet.of(Part.KAFKA, Part.CLICKHOUSE, Part.POSTGRES));
        try {
            stack.migrate();
            service = RunningService.start(stack, Map.of("millrace.store.silence-max", "1s"));
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
        topic = new Topic(stack);
        tenant = service.newTenant();
        key = service.key(tenant, Scope.QUERY);
        Instant now = service.bean(Clock.class).instant().truncatedTo(ChronoUnit.HOURS);
        lately = "from=" + now.minus(Duration.ofHours(5)) + "&to=" + now.plus(Duration.ofHours(5));
    }

    /** Half of the events are stored, as the consumer would. */
    @BeforeAll
    void storeAndSend() {
        send(0, 200);
        EventTables tables = new EventTables(stack);
        topic.read(service.bean(EventLog.class).terms()).stream()
                .collect(Collectors.groupingBy(StoredEvent::partition))
                .forEach((partition, events) -> {
                    tables.insert(events);
                    tables.stored(partition, 0, events.getLast().offset() + 1);
                });
        send(200, 400);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines(ask())).containsExactly("e  400"));
        await().atMost(PATIENCE).until(() -> ask().body().at("/meta/not_live").isMissingNode());
    }

    @AfterAll
    void stop() {
        topic.close();
        service.close();
        stack.close();
    }

    private void send(int from, int to) {
        for (int i = from; i < to; i++) {
            var _ = topic.send(tenant, Event.ofType("e").withId(EventId.of("e-" + i)));
        }
        topic.flush();
    }

    private Reply ask() {
        return service.get("/v1/counts", lately, key);
    }

    private static List<String> lines(Reply reply) {
        return Recount.linesOf(reply.body());
    }

    @Test
    void answersGoOnExactAndLiveWhileClickHouseIsAway() {
        stack.clickHouse().kill();
        try {
            send(400, 600);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lines(ask())).containsExactly("e  600"));
            Reply reply = ask();
            assertThat(reply.body().at("/meta/exact").asBoolean()).isTrue();
            assertThat(reply.body().at("/meta/not_live").isMissingNode()).isTrue();
            assertThat(service.get("/v1/counts", lately + "&event_type=e", key).code())
                    .as("nobody has asked this before")
                    .isEqualTo("clickhouse_unavailable");
        } finally {
            stack.clickHouse().start();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lines(service.get("/v1/counts", lately + "&event_type=e", key)))
                        .containsExactly("e  600"));
        assertThat(lines(ask())).containsExactly("e  600");
    }
}
