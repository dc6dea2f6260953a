package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.address.ServerUrl;
import io.millrace.event.Event;
import io.millrace.ingestion.publish.EventPublisher;
import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The door with its real settings while the servers behind it are killed, stopped and frozen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServersAwayIT {
    private static final String JSON = "application/json";

    /** The producer's delivery timeout of 10 s, its longest block of 2 s, and some for a busy machine. */
    private static final Duration KAFKA_BOUND = Duration.ofSeconds(16);
    /** The longest look-up of 2 s and some for a busy machine. */
    private static final Duration POSTGRES_BOUND = Duration.ofSeconds(5);

    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(60);

    /** The common pool has one thread on a machine of two cores, and two calls here wait for each other. */
    private static final Executor THREADS = Thread::startVirtualThread;

    private final LocalStack stack = FragileStack.get();
    private RunningDoor door = start();
    private String tenant = "";
    private String key = "";

    @BeforeEach
    void makeKey() {
        tenant = door.newTenant();
        key = door.newKey(tenant, "\"ingest\"");
        send().expectStatus().isAccepted();
    }

    @AfterEach
    void everythingRunsAgain() {
        stack.kafka().thaw();
        stack.start();
        if (!door.context().isRunning()) {
            door = start();
        }
        await().atMost(RECOVERY_BOUND).untilAsserted(() -> send().expectStatus().isAccepted());
    }

    @AfterAll
    void stop() {
        door.close();
    }

    @Test
    void killedKafkaIsA503InBoundedTimeUntilItIsBack() {
        stack.kafka().kill();
        unavailable(KAFKA_BOUND, "kafka_unavailable", "5", this::send);
        await().atMost(RECOVERY_BOUND)
                .untilAsserted(() -> readiness()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectBody()
                        .jsonPath("$.components.eventlog.status")
                        .isEqualTo("DOWN"));
        stack.kafka().start();
        await().atMost(RECOVERY_BOUND).untilAsserted(() -> send().expectStatus().isAccepted());
        await().atMost(RECOVERY_BOUND)
                .untilAsserted(() -> readiness().expectStatus().isOk());
    }

    @Test
    void frozenKafkaIsA503InBoundedTimeUntilItGoesOn() {
        stack.kafka().freeze();
        unavailable(KAFKA_BOUND, "kafka_unavailable", "5", this::send);
        stack.kafka().thaw();
        await().atMost(RECOVERY_BOUND).untilAsserted(() -> send().expectStatus().isAccepted());
    }

    @Test
    void whatWouldWaitForAFrozenKafkaIsTurnedAwayAtOnce() throws Exception {
        EventPublisher publisher = door.context().getBean(EventPublisher.class);
        stack.kafka().freeze();
        CompletableFuture<WebTestClient.ResponseSpec> first = CompletableFuture.supplyAsync(this::send, THREADS);
        await().until(publisher::isBehind);
        assertThat(first).isNotDone();
        String seconds = Objects.requireNonNull(send().expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("overloaded")
                .returnResult()
                .getResponseHeaders()
                .getFirst("Retry-After"));
        assertThat(first).as("nobody waited for it").isNotDone();
        assertThat(Integer.parseInt(seconds)).as("when Kafka's client gives up").isBetween(1, 8);
        stack.kafka().thaw();
        await().atMost(RECOVERY_BOUND).untilAsserted(() -> send().expectStatus().isAccepted());
        first.get(30, TimeUnit.SECONDS);
    }

    @Test
    void doorThatStartsWithoutKafkaSaysSoAndEnds() {
        door.close();
        stack.kafka().kill();
        assertThatThrownBy(() -> RunningDoor.start(stack, Map.of("millrace.start.patience", "1s"))
                        .close())
                .rootCause()
                .hasMessageContaining("Kafka could not be asked within PT1S");
    }

    @Test
    void knownKeysOutliveAStoppedPostgresAndStrangersAreToldToWait() {
        String stranger = door.newIngestKey();
        stack.postgres().stop();
        await().atMost(RECOVERY_BOUND)
                .untilAsserted(() -> readiness()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.components.keys.details.degraded")
                        .isEqualTo(true));
        send().expectStatus().isAccepted();
        unavailable(POSTGRES_BOUND, "keys_unavailable", "2", () -> sendWith(stranger));
        unavailable(
                POSTGRES_BOUND,
                "database_unavailable",
                "5",
                () -> door.admin().get().uri("/admin/v1/tenants").exchange());
        stack.postgres().start();
        await().atMost(RECOVERY_BOUND)
                .untilAsserted(() -> sendWith(stranger).expectStatus().isAccepted());
        await().atMost(RECOVERY_BOUND)
                .untilAsserted(() -> readiness()
                        .expectBody()
                        .jsonPath("$.components.keys.details.degraded")
                        .isEqualTo(false));
    }

    /** A lock on the table stands for a database that takes a question and does not answer it. */
    @Test
    void postgresThatDoesNotAnswerHoldsNobodyForLong() throws SQLException {
        String stranger = door.newIngestKey();
        ServerUrl url = ServerUrl.parse(stack.postgres().url());
        try (Connection lock = DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(url.host(), url.port(), url.database()),
                url.user(),
                url.password())) {
            lock.setAutoCommit(false);
            try (Statement statement = lock.createStatement()) {
                statement.execute("LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE");
            }
            unavailable(POSTGRES_BOUND, "keys_unavailable", "2", () -> sendWith(stranger));
            assertTimeout(POSTGRES_BOUND, () -> send().expectStatus().isAccepted());
            lock.rollback();
        }
        await().atMost(RECOVERY_BOUND)
                .untilAsserted(() -> sendWith(stranger).expectStatus().isAccepted());
    }

    @Test
    void shutdownFinishesWhatHasBegun() throws Exception {
        MeterRegistry registry = door.context().getBean(MeterRegistry.class);
        stack.kafka().freeze();
        CompletableFuture<String> position = CompletableFuture.supplyAsync(
                () -> position(door.send(key, JSON, "{\"event_type\":\"last words\"}")), THREADS);
        await().until(() -> Objects.requireNonNull(registry.find("millrace.ingestion.in.flight.requests")
                                .gauge())
                        .value()
                == 1);
        RunningDoor ending = door;
        CompletableFuture<Void> end = CompletableFuture.runAsync(ending::close, THREADS);
        await().until(() -> !ending.context().isRunning() || refusesConnections(ending));
        stack.kafka().thaw();
        String answered = position.get(30, TimeUnit.SECONDS);
        end.get(30, TimeUnit.SECONDS);
        assertThat(PlainLog.events(stack, tenant, answered))
                .extracting(Event::type)
                .contains("last words");
    }

    private static boolean refusesConnections(RunningDoor door) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private RunningDoor start() {
        return RunningDoor.start(stack, Map.of("millrace.keys.fresh", "1s"));
    }

    private WebTestClient.ResponseSpec send() {
        return sendWith(key);
    }

    private WebTestClient.ResponseSpec sendWith(String anyKey) {
        return door.send(anyKey, JSON, "{\"event_type\":\"x\"}");
    }

    private WebTestClient.ResponseSpec readiness() {
        return door.client().get().uri("/actuator/health/readiness").exchange();
    }

    private static String position(WebTestClient.ResponseSpec response) {
        Map<?, ?> body = Objects.requireNonNull(response.expectStatus()
                .isAccepted()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody());
        return (String) Objects.requireNonNull(body.get("position"));
    }

    private static void unavailable(
            Duration within, String code, String retryAfter, Supplier<WebTestClient.ResponseSpec> request) {
        long start = System.nanoTime();
        WebTestClient.ResponseSpec response = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(within);
        response.expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", retryAfter)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }
}
