package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The door's circuit breakers while Kafka and PostgreSQL are killed and come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DELIVERY = Duration.ofSeconds(3);
    private static final int OPEN_SECONDS = 5;

    private final LocalStack stack = FragileStack.get();
    private final RunningDoor door = RunningDoor.start(
            stack,
            Map.of(
                    "millrace.ingestion.kafka.delivery-timeout",
                    DELIVERY.toSeconds() + "s",
                    "millrace.ingestion.kafka.slow-after",
                    DELIVERY.toSeconds() + "s",
                    "millrace.ingestion.kafka.request-timeout",
                    "1s",
                    "millrace.ingestion.kafka.block-max",
                    "1s",
                    "millrace.keys.fresh",
                    "1s",
                    // Long enough for a slow machine to find it open.
                    "millrace.breakers.open-time",
                    OPEN_SECONDS + "s"));
    private final MeterRegistry registry = door.context().getBean(MeterRegistry.class);
    private final DatabaseClient postgres = door.context().getBean(DatabaseClient.class);
    private final Clock clock = door.context().getBean(Clock.class);
    private final String key = door.newIngestKey();

    /** A row of {@code circuit_breaker_events}. */
    private record Change(String service, String from, String to, Instant at) {}

    @AfterEach
    void everythingRunsAgain() {
        stack.start();
        await().atMost(PATIENCE).untilAsserted(() -> send(key).expectStatus().isAccepted());
    }

    @AfterAll
    void stop() {
        door.close();
    }

    @Test
    void killedKafkaIsAnsweredForAtOnceUntilItIsBack() {
        Instant before = clock.instant();
        send(key).expectStatus().isAccepted();
        stack.kafka().kill();
        await().atMost(PATIENCE).untilAsserted(() -> {
            together(20, () -> unavailable(send(key), "kafka_unavailable"));
            assertThat(isIn("kafka", "open")).isTrue();
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            double refused = refused("kafka");
            long start = System.nanoTime();
            assertThat(unavailable(send(key), "kafka_unavailable")).isBetween(1, OPEN_SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DELIVERY);
            assertThat(refused("kafka")).isGreaterThan(refused);
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answerBeforeTheBody())
                        .startsWith("HTTP/1.1 503")
                        .contains("\"kafka_unavailable\""));
        Instant during = clock.instant();

        stack.kafka().start();
        await().atMost(PATIENCE).untilAsserted(() -> send(key).expectStatus().isAccepted());
        await().atMost(PATIENCE).until(() -> isIn("kafka", "closed"));
        together(20, () -> send(key).expectStatus().isAccepted());

        List<Change> changes = awaitChanges("kafka", before);
        assertThat(changes.getFirst().at()).isBetween(before, during);
        assertThat(changes.getLast().at()).isAfter(during);
    }

    @Test
    void killedPostgresIsWrittenDownWhenItIsBack() {
        send(key).expectStatus().isAccepted();
        String stranger = door.newIngestKey();
        Instant before = clock.instant();
        stack.postgres().kill();
        await().atMost(PATIENCE).untilAsserted(() -> {
            together(20, () -> unavailable(send(stranger), "keys_unavailable"));
            assertThat(isIn("postgres", "open")).isTrue();
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            double refused = refused("postgres");
            unavailable(send(stranger), "keys_unavailable");
            assertThat(refused("postgres")).isGreaterThan(refused);
        });
        send(key).expectStatus().isAccepted();
        assertThat(registry.get("millrace.breaker.waiting").gauge().value()).isPositive();
        Instant during = clock.instant();

        stack.postgres().start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> send(stranger).expectStatus().isAccepted());
        await().atMost(PATIENCE).until(() -> isIn("postgres", "closed"));

        List<Change> changes = awaitChanges("postgres", before);
        assertThat(changes.getFirst().at()).isBetween(before, during);
        assertThat(changes.getLast().at()).isAfter(during);
        assertThat(registry.get("millrace.breaker.events.dropped").counter().count())
                .isZero();
    }

    /** From closed to closed, each change beginning where the one before it ended. */
    private List<Change> awaitChanges(String breaker, Instant since) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(changes(breaker, since))
                        .last()
                        .extracting(Change::to)
                        .isEqualTo("closed"));
        List<Change> changes = changes(breaker, since);
        assertThat(changes.getFirst().from()).isEqualTo("closed");
        assertThat(changes.getFirst().to()).isEqualTo("open");
        for (int i = 1; i < changes.size(); i++) {
            assertThat(changes.get(i).from()).isEqualTo(changes.get(i - 1).to());
            assertThat(changes.get(i).at()).isAfterOrEqualTo(changes.get(i - 1).at());
        }
        assertThat(changes).allMatch(change -> change.service().equals("ingestion-service"));
        return changes;
    }

    private List<Change> changes(String breaker, Instant since) {
        return Objects.requireNonNull(postgres.sql("""
                        SELECT service, from_state, to_state, occurred_at FROM circuit_breaker_events
                        WHERE breaker = :breaker AND occurred_at >= :since ORDER BY id""")
                .bind("breaker", breaker)
                .bind("since", since)
                .map(row -> new Change(
                        Objects.requireNonNull(row.get("service", String.class)),
                        Objects.requireNonNull(row.get("from_state", String.class)),
                        Objects.requireNonNull(row.get("to_state", String.class)),
                        Objects.requireNonNull(row.get("occurred_at", Instant.class))))
                .all()
                .collectList()
                .block());
    }

    private WebTestClient.ResponseSpec send(String anyKey) {
        return door.send(anyKey, "application/json", "{\"event_type\":\"x\"}");
    }

    /** {@return seconds after which to try again} */
    private static int unavailable(WebTestClient.ResponseSpec response, String code) {
        EntityExchangeResult<String> answer =
                response.expectStatus().isEqualTo(503).expectBody(String.class).returnResult();
        assertThat(answer.getResponseBody()).contains("\"code\":\"" + code + "\"");
        return Integer.parseInt(
                Objects.requireNonNull(answer.getResponseHeaders().getFirst("Retry-After")));
    }

    /** A client that sends half of its body and waits. */
    private String answerBeforeTheBody() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            socket.setSoTimeout(2_000);
            String half = """
                    POST /v1/events HTTP/1.1
                    Host: x
                    Authorization: Bearer %s
                    Content-Type: application/json
                    Content-Length: 100

                    {""".formatted(key).replace("\n", "\r\n");
            socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = new byte[4_096];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(read, 0), StandardCharsets.UTF_8);
        }
    }

    private static void together(int calls, Runnable call) {
        CompletableFuture.allOf(IntStream.range(0, calls)
                        .mapToObj(_ -> CompletableFuture.runAsync(call, Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private boolean isIn(String breaker, String state) {
        return registry.get("millrace.breaker.state")
                        .tag("breaker", breaker)
                        .tag("state", state)
                        .gauge()
                        .value()
                == 1;
    }

    private double refused(String breaker) {
        return registry.get("millrace.breaker.refused")
                .tag("breaker", breaker)
                .counter()
                .count();
    }
}
