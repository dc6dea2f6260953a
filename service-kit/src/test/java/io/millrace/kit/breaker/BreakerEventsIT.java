package io.millrace.kit.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.kit.TestService;
import io.millrace.kit.metrics.Meters;
import io.millrace.localstack.LocalStack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakerEventsIT {
    private static final Duration KEPT = Duration.ofDays(30);

    private final ConfigurableApplicationContext service = TestService.start(LocalStack.shared(), Map.of());
    private final DatabaseClient postgres = service.getBean(DatabaseClient.class);
    private final Clock clock = Clock.systemUTC();
    private final Instant now = clock.instant();

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void changesAreWrittenInTheirOrderWithTheirTimes() {
        String instance = newInstance();
        List<StateChange> changes = List.of(
                change(BreakerState.CLOSED, BreakerState.OPEN, now.minusSeconds(3_600)),
                change(BreakerState.OPEN, BreakerState.HALF_OPEN, now.minusSeconds(3_598)),
                change(BreakerState.HALF_OPEN, BreakerState.CLOSED, now.minusSeconds(3_598)));
        table(instance).write(changes).block();
        assertThat(written(instance)).isEqualTo(changes);
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() {
        String instance = newInstance();
        StateChange first = change(BreakerState.CLOSED, BreakerState.OPEN, now.minusSeconds(10));
        StateChange second = change(BreakerState.OPEN, BreakerState.CLOSED, now.minusSeconds(5));
        table(instance).write(List.of(first)).block();
        table(instance).write(List.of(first, second)).block();
        assertThat(written(instance)).containsExactly(first, second);
        String other = newInstance();
        table(other).write(List.of(first)).block();
        assertThat(written(other)).containsExactly(first);
    }

    @Test
    void oldChangesAreDeletedAndOthersKept() {
        String instance = newInstance();
        StateChange old = change(BreakerState.CLOSED, BreakerState.OPEN, now.minus(KEPT));
        StateChange young =
                change(BreakerState.OPEN, BreakerState.CLOSED, now.minus(KEPT).plusSeconds(3_600));
        table(instance).write(List.of(old, young)).block();
        assertThat(written(instance)).containsExactly(young);
    }

    @Test
    void allThatWaitsIsWrittenAtLastEvenIfItIsMuch() {
        String instance = newInstance();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        List<StateChange> changes = IntStream.range(0, 1_200)
                .mapToObj(i -> change(BreakerState.OPEN, BreakerState.HALF_OPEN, now.minusMillis(1_200 - i)))
                .toList();
        try (BreakerEvents events = new BreakerEvents(table(instance), 1_200, new Meters(registry))) {
            changes.forEach(events::add);
            assertThat(registry.get("millrace.breaker.waiting").gauge().value()).isEqualTo(1_200);
            events.start();
            await().untilAsserted(() -> assertThat(
                            registry.get("millrace.breaker.waiting").gauge().value())
                    .isZero());
        }
        assertThat(written(instance)).isEqualTo(changes);
    }

    @Test
    void shutdownWritesWhatWaits() {
        String instance = newInstance();
        StateChange change = change(BreakerState.CLOSED, BreakerState.OPEN, now);
        try (BreakerEvents events = new BreakerEvents(table(instance), 10, new Meters(new SimpleMeterRegistry()))) {
            events.add(change);
        }
        assertThat(written(instance)).containsExactly(change);
    }

    private BreakerEventTable table(String instance) {
        return new BreakerEventTable(postgres, new BreakerEventTable.Writer("test-service", instance), KEPT, clock);
    }

    private static String newInstance() {
        return "i-" + UUID.randomUUID();
    }

    private static StateChange change(BreakerState from, BreakerState to, Instant at) {
        return new StateChange("server", from, to, at);
    }

    private List<StateChange> written(String instance) {
        return Objects.requireNonNull(postgres.sql("""
                        SELECT breaker, from_state, to_state, occurred_at FROM circuit_breaker_events
                        WHERE service = 'test-service' AND instance = :instance ORDER BY id""")
                .bind("instance", instance)
                .map(row -> new StateChange(
                        Objects.requireNonNull(row.get("breaker", String.class)),
                        state(row.get("from_state", String.class)),
                        state(row.get("to_state", String.class)),
                        Objects.requireNonNull(row.get("occurred_at", Instant.class))))
                .all()
                .collectList()
                .block());
    }

    private static BreakerState state(@Nullable String text) {
        for (BreakerState state : BreakerState.values()) {
            if (state.text().equals(text)) {
                return state;
            }
        }
        throw new AssertionError("no state is called " + text);
    }
}
