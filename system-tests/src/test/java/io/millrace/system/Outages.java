package io.millrace.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Traffic into a Millrace whose servers are killed, with a count of what was accepted. */
final class Outages {
    private final RunningMillrace millrace;
    private long accepted;

    Outages(RunningMillrace millrace) {
        this.millrace = millrace;
    }

    /** Sends events and retries, as a client must, until they are accepted. */
    void send(int events) {
        String body = lines(events);
        Http.Answer answer = await().atMost(Duration.ofSeconds(60)).until(() -> post(body), a -> a.status() == 202);
        accepted += answer.json().get("accepted").asLong();
    }

    void refusedWhileKafkaIsDown() {
        Http.Answer answer = post(lines(1));
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("kafka_unavailable");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    void questionRefusedWhileClickHouseIsDown() {
        Http.Answer answer = ask();
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("clickhouse_unavailable");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }

    /** At least once for now: a retried body carries the same ids, and only exactly-once storage will count it once. */
    void everyAcceptedEventIsCounted() {
        Http.Answer answer = ask();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("groups").get(0).get("count").asLong()).isGreaterThanOrEqualTo(accepted);
        String distinct =
                "SELECT uniqExact(event_id) FROM events WHERE event_type = 'outage' AND startsWith(user_id, 'ok')";
        assertThat(Long.parseLong(Http.clickHouse(millrace.environment("MILLRACE_CLICKHOUSE_URL"), distinct)
                        .text()
                        .strip()))
                .isEqualTo(accepted);
    }

    void kill(String part) {
        Matcher row = Pattern.compile("(?m)^\\s*" + part + "\\b.*?\\bpid (\\d+)")
                .matcher(millrace.run("status").mustSucceed().text());
        assertThat(row.find()).isTrue();
        ProcessHandle process = ProcessHandle.of(Long.parseLong(row.group(1))).orElseThrow();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    private Http.Answer post(String body) {
        return Http.post(
                millrace.environment("MILLRACE_INGEST_URL") + "/v1/events",
                millrace.environment("MILLRACE_INGEST_KEY"),
                "application/x-ndjson",
                body.getBytes(UTF_8));
    }

    private Http.Answer ask() {
        return Http.get(
                millrace.environment("MILLRACE_QUERY_URL")
                        + "/v1/counts?from=2024-02-29T10:00:00Z&to=2024-02-29T11:00:00Z&event_type=outage",
                millrace.environment("MILLRACE_QUERY_KEY"));
    }

    private static String lines(int events) {
        return IntStream.range(0, events)
                .mapToObj(_ ->
                        "{\"event_id\":\"%s\",\"event_type\":\"outage\",\"user_id\":\"ok\",\"timestamp\":\"2024-02-29T10:11:12Z\"}"
                                .formatted(UUID.randomUUID()))
                .collect(Collectors.joining("\n"));
    }
}
