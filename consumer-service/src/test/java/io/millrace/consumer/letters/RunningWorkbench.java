package io.millrace.consumer.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.consumer.RunningConsumer;
import io.millrace.consumer.TestLog;
import io.millrace.consumer.TestStore;
import io.millrace.kit.openapi.OpenApi;
import io.millrace.localstack.LocalStack;
import io.millrace.log.LogPosition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service with its servers, asked over HTTP. Every answer is held against the API document. */
final class RunningWorkbench implements AutoCloseable {
    static final String LETTERS = "/v1/dead-letters";
    static final String REPLAYS = LETTERS + "/replays";

    private static final OpenApi API = OpenApi.packaged();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final TestLog log;
    final TestStore store;
    final RunningConsumer consumer;
    private final String adminToken;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    RunningWorkbench(LocalStack stack, String... properties) {
        log = new TestLog(stack.kafka().url());
        store = new TestStore(stack.clickHouse().url());
        consumer = RunningConsumer.start(
                stack,
                Stream.concat(Stream.of("millrace.consumer.range-age=50ms"), Stream.of(properties))
                        .toArray(String[]::new));
        adminToken = stack.adminToken();
    }

    /** An answer. */
    record Answer(int status, JsonNode body, Map<String, List<String>> headers) {
        String code() {
            return body.path("code").asString("");
        }

        /** Of a replay, what became of each letter. */
        List<String> outcomes() {
            assertThat(status).as(body.toString()).isEqualTo(200);
            return body.path("letters")
                    .valueStream()
                    .map(letter -> letter.path("outcome").asString()
                            + (letter.path("reason").isNull()
                                    ? ""
                                    : " " + letter.path("reason").asString()))
                    .toList();
        }

        /** Of a list, where the letters are. */
        List<String> positions() {
            assertThat(status).as(body.toString()).isEqualTo(200);
            return body.path("letters")
                    .valueStream()
                    .map(letter -> letter.path("position").asString())
                    .toList();
        }
    }

    /** Letters replayed since it runs, by its metrics. */
    double replayed() {
        Counter counter = consumer.bean(MeterRegistry.class)
                .find("millrace.consumer.replays")
                .tag("outcome", "replayed")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer replay(String order) {
        return send("POST", REPLAYS, order.replace('\'', '"'));
    }

    Answer send(String method, String path, String body) {
        return send(method, path, body, "application/json", adminToken);
    }

    Answer send(String method, String path, String body, String type, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(consumer.url() + path))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return checked(method, path, http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Answer checked(String method, String path, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        String template = template(path);
        // A path's other methods are documented as an answer of those that it has.
        String documented = response.statusCode() == 405 ? anyMethod(template) : method.toLowerCase(Locale.ROOT);
        assertThat(API.faults(template, documented, response.statusCode(), type, response.body()))
                .as("%s %s: %s", method, path, response.body())
                .isEmpty();
        JsonNode body = type.endsWith("json")
                ? JsonMapper.shared().readTree(response.body())
                : JsonMapper.shared().nullNode();
        Answer answer =
                new Answer(response.statusCode(), body, response.headers().map());
        seen.add((documented.toUpperCase(Locale.ROOT) + " " + template + " " + answer.status() + " " + answer.code())
                .strip());
        return answer;
    }

    private static String anyMethod(String template) {
        return template.equals(REPLAYS) ? "post" : "get";
    }

    private static String template(String path) {
        String plain = path.replaceAll("\\?.*", "");
        return plain.matches(LETTERS + "/(?!replays|reasons).*") ? LETTERS + "/{position}" : plain;
    }

    /** Every answer so far, as {@link OpenApi#answers} names them. */
    Set<String> seen() {
        return seen;
    }

    /** Puts records into the log that are no events, and waits until they are stored. {@return where they are} */
    List<LogPosition> bury(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        List<LogPosition> positions = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            RecordMetadata at = log.send(record);
            positions.add(new LogPosition(1, at.partition(), at.offset()));
        }
        awaitAllStored();
        return positions;
    }

    void awaitAllStored() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(store.ledgerEnds()).isEqualTo(log.ends()));
    }

    void makeTenant(String name) {
        consumer.bean(DatabaseClient.class)
                .sql("INSERT INTO tenants (tenant) VALUES (:tenant) ON CONFLICT DO NOTHING")
                .bind("tenant", name)
                .then()
                .block(PATIENCE);
    }

    /** The state of a letter. */
    String state(LogPosition letter) {
        return get(LETTERS + "/" + letter).body().path("state").asString();
    }

    /** Events of a tenant, in the table and in both views, which must agree. */
    long counted(String tenant) {
        awaitAllStored();
        long events = store.number("SELECT count() FROM events WHERE tenant = '" + tenant + "'");
        for (String view : List.of("events_per_minute", "events_per_hour")) {
            assertThat(store.number("SELECT sum(rows) FROM " + view + " WHERE tenant = '" + tenant + "'"))
                    .as(view)
                    .isEqualTo(events);
        }
        return events;
    }

    /** Positions as they stand in an order. */
    static String named(List<LogPosition> letters) {
        return letters.stream().map(letter -> "'" + letter + "'").toList().toString();
    }

    /** The place that an answer names. */
    static LogPosition position(JsonNode text) {
        return Positions.parse(Objects.requireNonNull(text.asString())).orElseThrow();
    }

    @Override
    public void close() {
        consumer.close();
        store.close();
        log.close();
    }
}
