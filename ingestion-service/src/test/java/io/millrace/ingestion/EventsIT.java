package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.ZstdOutputStream;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.localstack.LocalStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What is sent is in Kafka once the answer is there, and the answer says what is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsIT {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

    private final LocalStack stack = FragileStack.get();
    private final RunningDoor door = RunningDoor.start(stack, Map.of());
    private String tenant = "";
    private String key = "";

    @BeforeAll
    void makeKey() {
        tenant = door.newTenant();
        key = door.newKey(tenant, "\"ingest\"");
    }

    @AfterAll
    void stop() {
        door.close();
    }

    @Test
    void oneEventIsInTheLogAsItWasSent() {
        Answer answer = accepted(door.send(key, JSON, """
                {"event_id":"018f0000-0000-7000-8000-000000000001","event_type":"purchase",
                 "timestamp":"2026-01-02T03:04:05.678Z","user_id":"u1","session_id":"s1","product_id":"p1",
                 "order_amount":12.50,"properties":{"currency":"EUR","n":1.0}}"""));
        assertThat(answer.accepted).isEqualTo(1);
        assertThat(answer.rejected).isEmpty();
        Event event = logged(answer, "purchase").getFirst();
        assertThat(String.valueOf(event.id())).isEqualTo("018f0000-0000-7000-8000-000000000001");
        assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(List.of(event.userId(), event.sessionId(), event.productId()))
                .containsExactly("u1", "s1", "p1");
        assertThat(Objects.requireNonNull(event.orderAmount()).micros()).isEqualTo(12_500_000);
        assertThat(Objects.requireNonNull(event.properties()).json()).isEqualTo("{\"currency\":\"EUR\",\"n\":1.0}");
    }

    /** Who is told 400 mends the request and sends it again; what came in before must not be there already. */
    @Test
    void nothingIsTakenOfABodyThatBreaksOff() throws IOException {
        String head = """
                POST /v1/events HTTP/1.1
                Host: x
                Authorization: Bearer %s
                Content-Type: application/x-ndjson
                Transfer-Encoding: chunked

                """.formatted(key).replace("\n", "\r\n");
        String lines = "{\"event_type\":\"broken off\"}\n".repeat(3);
        String chunk = Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n";
        for (String end : List.of("no length\r\n", "-1\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write((head + chunk + end).getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                assertThat(answer).startsWith("HTTP/1.1 400");
            }
        }
        await().until(() -> Objects.requireNonNull(door.context()
                                .getBean(MeterRegistry.class)
                                .find("millrace.ingestion.in.flight.requests")
                                .gauge())
                        .value()
                == 0);
        assertThat(PlainLog.events(stack, tenant)).extracting(Event::type).doesNotContain("broken off");
    }

    /** The 100 goes out before the answer does, and must not be taken for it. */
    @Test
    void bodyIsTakenThatWaitsForAContinue() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/v1/events"))
                            .version(HttpClient.Version.HTTP_1_1)
                            .expectContinue(true)
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", LINES)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"event_type\":\"waited for\"}\n".repeat(3_000)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.body()).contains("\"accepted\":3000");
        }
    }

    @Test
    void arrayIsTakenWhole() {
        Answer answer = accepted(door.send(key, JSON, "[{\"event_type\":\"array\"},{\"event_type\":\"array\"}]"));
        assertThat(answer.accepted).isEqualTo(2);
        assertThat(logged(answer, "array")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "application/ndjson", "application/x-ndjson; charset=UTF-8"})
    void linesAreTakenOneByOne(String contentType) {
        String type = "lines " + contentType.length();
        Answer answer = accepted(door.send(
                key, contentType, "{\"event_type\":\"" + type + "\"}\r\n\n{\"event_type\":\"" + type + "\"}\n"));
        assertThat(answer.accepted).isEqualTo(2);
        assertThat(logged(answer, type)).hasSize(2);
    }

    @Test
    void badLineSpoilsOnlyItself() {
        Answer answer = accepted(door.send(key, LINES, """
                {"event_type":"good"}
                {"event_type":
                {"event_type":"good","unknown":1}
                {"event_type":"good"}
                """));
        assertThat(answer.accepted).isEqualTo(2);
        assertThat(answer.rejected)
                .extracting(rejection -> rejection.get("index"), rejection -> rejection.get("code"))
                .containsExactly(tuple(1, "malformed_json"), tuple(2, "unknown_field"));
        assertThat(logged(answer, "good")).hasSize(2);
    }

    @Test
    void eventWithoutIdGetsANewOneOfVersionSeven() {
        Answer answer = accepted(door.send(key, JSON, "[{\"event_type\":\"made\"},{\"event_type\":\"made\"}]"));
        assertThat(logged(answer, "made"))
                .extracting(
                        event -> Objects.requireNonNull(event.id()).uuid().version(),
                        event -> Objects.requireNonNull(event.id()).uuid().variant())
                .containsExactly(tuple(7, 2), tuple(7, 2));
        assertThat(logged(answer, "made")).extracting(Event::id).doesNotHaveDuplicates();
    }

    @Test
    void sameIdempotencyKeyMakesTheSameIds() {
        String body = "[{\"event_type\":\"idem\"},{\"event_type\":\"idem\"}]";
        accepted(idempotent("order-77", body));
        Answer second = accepted(idempotent("order-77", body));
        List<Event> stored = logged(second, "idem");
        assertThat(stored).hasSize(4);
        assertThat(stored.stream().map(Event::id).distinct()).hasSize(2);
        Answer other = accepted(idempotent("order-78", body));
        assertThat(logged(other, "idem").stream().map(Event::id).distinct()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void timestampTooFarAheadIsRejectedBeforeTheLogWould() {
        Instant now = Instant.now();
        String within = now.plusSeconds(58 * 60).toString();
        String beyond = now.plusSeconds(60 * 60).toString();
        Answer answer = accepted(door.send(
                key,
                LINES,
                "{\"event_type\":\"ahead\",\"timestamp\":\"%s\"}\n{\"event_type\":\"ahead\",\"timestamp\":\"%s\"}"
                        .formatted(within, beyond)));
        assertThat(answer.rejected)
                .extracting(rejection -> rejection.get("index"), rejection -> rejection.get("code"))
                .containsExactly(tuple(1, "timestamp_too_far_ahead"));
    }

    @Test
    void oldEventsAreWelcome() {
        Answer answer =
                accepted(door.send(key, JSON, "{\"event_type\":\"old\",\"timestamp\":\"2001-01-01T00:00:00Z\"}"));
        assertThat(logged(answer, "old").getFirst().timestamp()).isEqualTo(Instant.parse("2001-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @EnumSource
    void packedBodyIsUnpacked(Packing packing) {
        String type = "packed " + packing;
        Answer answer = accepted(packed(packing, ("{\"event_type\":\"" + type + "\"}\n").repeat(500)));
        assertThat(answer.accepted).isEqualTo(500);
        assertThat(logged(answer, type)).hasSize(500);
    }

    @ParameterizedTest
    @EnumSource
    void unpackedBodyHasALimitOfItsOwn(Packing packing) {
        String event = "{\"event_type\":\"z\"}\n";
        String most = event + blanks(16 * 1024 * 1024 - event.length());
        assertThat(accepted(packed(packing, most)).accepted).isEqualTo(1);
        problem(packed(packing, most + "\n"), 413, "body_too_large");
    }

    /** Of little size when packed, and yet not of hardly any. */
    private static String blanks(int length) {
        Random random = new Random(5);
        StringBuilder blanks = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            blanks.append(random.nextInt(16) == 0 ? '\t' : ' ');
        }
        return blanks.toString();
    }

    @ParameterizedTest
    @EnumSource
    void bodyThatUnpacksToFarMoreThanItIsIsRefused(Packing packing) {
        String event = "{\"event_type\":\"z\"}\n";
        assertThat(accepted(packed(packing, event + " ".repeat(64 * 1024 - event.length()))).accepted)
                .isEqualTo(1);
        problem(packed(packing, event + " ".repeat(128 * 1024)), 413, "ratio_too_high");
    }

    @ParameterizedTest
    @EnumSource
    void bodyThatIsNotPackedAsItSaysIsRefused(Packing packing) {
        byte[] whole = packing.pack("{\"event_type\":\"cut\"}\n".repeat(100));
        problem(
                sendPacked(packing, "{\"event_type\":\"z\"}".getBytes(StandardCharsets.UTF_8)),
                400,
                "encoding_invalid");
        problem(sendPacked(packing, Arrays.copyOf(whole, whole.length - 8)), 400, "encoding_invalid");
    }

    @Test
    void windowThatWouldTakeFarTooMuchMemoryIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(bytes)) {
            zstd.setLong(27);
            zstd.write("{\"event_type\":\"z\"}".getBytes(StandardCharsets.UTF_8));
        }
        problem(sendPacked(Packing.ZSTD, bytes.toByteArray()), 400, "encoding_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents+json", "application/cloudevents-batch+json; charset=utf-8"})
    void cloudEventsAreTaken(String contentType) {
        String type = "cloud " + contentType.length();
        Answer answer = accepted(door.send(key, contentType, """
                [{"specversion":"1.0","id":"1","source":"/shop","type":"%s","subject":"u1","data":{"a":1}},
                 {"specversion":"0.3","id":"2","source":"/shop","type":"x"}]""".formatted(type)));
        assertThat(answer.rejected)
                .extracting(rejection -> rejection.get("index"), rejection -> rejection.get("code"))
                .containsExactly(tuple(1, "specversion_unsupported"));
        Event event = logged(answer, type).getFirst();
        assertThat(event.id()).isEqualTo(EventId.of("/shop 1"));
        assertThat(event.userId()).isEqualTo("u1");
        assertThat(event.properties()).hasToString("{\"a\":1,\"ce_source\":\"/shop\",\"ce_subject\":\"u1\"}");
    }

    @Test
    void cloudEventIsTakenWhoseAttributesAreHeaders() {
        Answer answer = accepted(spread("7 %E2%82%AC+", JSON, "{\"a\":1}"));
        Event event = logged(answer, "spread").getFirst();
        assertThat(event.id()).isEqualTo(EventId.of("/shop 7 \u20ac+"));
        assertThat(event.properties()).hasToString("{\"a\":1,\"ce_source\":\"/shop\"}");
        assertThat(accepted(spread("8", "text/plain", "")).accepted).isEqualTo(1);
        problem(spread("9", JSON, "{"), 400, "nothing_accepted");
        problem(spread("%zz", JSON, "{}"), 400, "nothing_accepted");
    }

    private WebTestClient.ResponseSpec spread(String id, String contentType, String body) {
        return door.client()
                .post()
                .uri("/v1/events")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", contentType)
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("CE-Source", "/shop")
                .header("ce-type", "spread")
                .bodyValue(body)
                .exchange();
    }

    @Test
    void bodyIsTakenUpToItsLimit() {
        String event = "{\"event_type\":\"large\"}";
        String most = event + " ".repeat(4 * 1024 * 1024 - event.length());
        assertThat(accepted(door.send(key, JSON, most)).accepted).isEqualTo(1);
        problem(door.send(key, JSON, most + " "), 413, "body_too_large");
    }

    @Test
    void eventsAreTakenUpToTheirLimit() {
        String most = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"event_type\":\"many\",\"event_id\":\"e" + i + "\"}")
                .collect(Collectors.joining("\n"));
        Answer answer = accepted(door.send(key, LINES, most));
        assertThat(answer.accepted).isEqualTo(10_000);
        assertThat(logged(answer, "many").stream().map(Event::id).distinct()).hasSize(10_000);
        problem(door.send(key, LINES, most + "\n{\"event_type\":\"many\"}"), 413, "too_many_events");
    }

    @Test
    void everyEventIsCountedOnce() {
        double acceptedBefore = counted("millrace.ingestion.events.accepted");
        double rejectedBefore = counted("millrace.ingestion.events.rejected");
        accepted(door.send(key, LINES, "{\"event_type\":\"counted\"}\nnonsense\n{\"event_type\":\"counted\"}\n7"));
        problem(door.send(key, JSON, "{}"), 400, "nothing_accepted");
        assertThat(counted("millrace.ingestion.events.accepted") - acceptedBefore)
                .isEqualTo(2);
        assertThat(counted("millrace.ingestion.events.rejected") - rejectedBefore)
                .isEqualTo(3);
    }

    @Test
    void everyMeterHasAHelpText() {
        accepted(door.send(key, LINES, "{\"event_type\":\"metered\"}\n0"));
        String scrape = Objects.requireNonNull(door.client()
                .get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        long meters = scrape.lines().filter(line -> line.startsWith("# TYPE ")).count();
        assertThat(scrape.lines().filter(line -> line.matches("# HELP \\S+ \\S.*")))
                .hasSize((int) meters);
        assertThat(scrape)
                .contains(
                        "millrace_ingestion_events_accepted_total{service=\"ingestion-service\"}",
                        "millrace_ingestion_events_rejected_total{code=\"not_an_object\",",
                        "millrace_ingestion_body_bytes_total",
                        "millrace_ingestion_quota_refused_total{resource=\"events\",",
                        "millrace_ingestion_quota_shares_agreed_tenants",
                        "millrace_ingestion_quota_shares_guessed_tenants",
                        "millrace_ingestion_quota_shares_age_seconds",
                        "millrace_ingestion_acknowledgement_seconds_bucket",
                        "millrace_ingestion_in_flight_size_bytes",
                        "http_server_requests_seconds_bucket");
    }

    @Test
    void nothingStaysInFlight() {
        accepted(door.send(key, JSON, "{\"event_type\":\"gone\"}"));
        problem(door.send(key, JSON, "nonsense"), 400, "malformed_json");
        problem(door.send("mr_i_" + "0".repeat(40), JSON, "{}"), 401, "key_invalid");
        org.awaitility.Awaitility.await().untilAsserted(() -> {
            assertThat(gauge("millrace.ingestion.in.flight.size")).isZero();
            assertThat(gauge("millrace.ingestion.in.flight.requests")).isZero();
        });
    }

    /** What a 202 said. */
    private record Answer(int accepted, List<Map<?, ?>> rejected, String position) {}

    private static Answer accepted(WebTestClient.ResponseSpec response) {
        Map<?, ?> body = Objects.requireNonNull(response.expectStatus()
                .isAccepted()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody());
        List<Map<?, ?>> rejected = ((List<?>) Objects.requireNonNull(body.get("rejected")))
                .stream().<Map<?, ?>>map(rejection -> (Map<?, ?>) rejection).toList();
        return new Answer((Integer) Objects.requireNonNull(body.get("accepted")), rejected, (String)
                Objects.requireNonNull(body.get("position")));
    }

    private static void problem(WebTestClient.ResponseSpec response, int status, String code) {
        response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    private List<Event> logged(Answer answer, String type) {
        return PlainLog.events(stack, tenant, answer.position).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    private WebTestClient.ResponseSpec idempotent(String idempotencyKey, String body) {
        return door.client()
                .post()
                .uri("/v1/events")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", JSON)
                .header("Idempotency-Key", idempotencyKey)
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec packed(Packing packing, String body) {
        return sendPacked(packing, packing.pack(body));
    }

    private WebTestClient.ResponseSpec sendPacked(Packing packing, byte[] body) {
        return door.client()
                .post()
                .uri("/v1/events")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", LINES)
                .header("Content-Encoding", packing.name().toLowerCase(Locale.ROOT))
                .bodyValue(body)
                .exchange();
    }

    private double counted(String meter) {
        return door.context().getBean(io.micrometer.core.instrument.MeterRegistry.class).find(meter).counters().stream()
                .mapToDouble(io.micrometer.core.instrument.Counter::count)
                .sum();
    }

    private double gauge(String meter) {
        return Objects.requireNonNull(door.context()
                        .getBean(io.micrometer.core.instrument.MeterRegistry.class)
                        .find(meter)
                        .gauge())
                .value();
    }
}
