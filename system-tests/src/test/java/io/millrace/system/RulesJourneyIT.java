package io.millrace.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a tenant's rules do at the door, seen from the other end. */
class RulesJourneyIT {
    private static final int SENT = 2_000;

    /** Five standard deviations of as many drawings with a chance of a tenth, of ten events each. */
    private static final int OFF_MAX = 671;

    private final RunningMillrace millrace = RunningMillrace.shared();
    private final String type = "ruled_" + UUID.randomUUID().toString().substring(0, 8);
    private final String rule = millrace.environment("MILLRACE_ADMIN_URL") + "/admin/v1/tenants/demo/rules/" + type;
    private final String token = millrace.environment("MILLRACE_ADMIN_TOKEN");

    @Test
    void sampledEventsScaleBackInLiveAndStoredAnswersWhichSaySo() {
        rule("{\"sample_one_in\":10}");
        try {
            // Out of the question's range; applied as soon as one is left out.
            await().until(() -> send(200, "2020-01-01T00:00:00Z").has("dropped"));
            JsonNode accepted = send(SENT, "2024-02-29T10:11:12.345Z");
            int weight = 10 * accepted.get("accepted").intValue();
            assertThat(weight).isBetween(SENT - OFF_MAX, SENT + OFF_MAX);

            isAnswered("&after=" + accepted.get("position").asString(), weight);
            String stored = "SELECT sum(weight), count(), sum(order_amount * weight) FROM events WHERE event_type = '"
                    + type + "' AND timestamp > '2024-01-01'";
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(clickHouse(stored))
                            .isEqualTo("%d\t%d\t%d".formatted(weight, weight / 10, 3 * weight)));
            isAnswered("", weight);
        } finally {
            assertThat(Http.delete(rule, token).status()).isEqualTo(204);
        }
    }

    @Test
    void whatIsMarkedIsADeadLetterAndNoEvent() {
        rule("{\"schema\":{\"properties\":{\"order_amount\":{\"maximum\":2}}},\"on_mismatch\":\"dead_letter\"}");
        try {
            await().until(() -> send(1, "2020-01-01T00:00:00Z").has("dead_letters"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> clickHouse("SELECT detail FROM dead_letters WHERE tenant = 'demo'"
                                    + " AND reason = 'schema_mismatch' AND position(value, '" + type + "') > 0 LIMIT 1")
                            .equals("/order_amount: must have a maximum value of 2"));
        } finally {
            assertThat(Http.delete(rule, token).status()).isEqualTo(204);
        }
    }

    private void rule(String body) {
        assertThat(Http.put(rule, token, "application/json", body.getBytes(UTF_8))
                        .status())
                .isEqualTo(200);
    }

    private JsonNode send(int events, String timestamp) {
        String body = IntStream.range(0, events)
                .mapToObj(_ ->
                        "{\"event_type\":\"%s\",\"timestamp\":\"%s\",\"order_amount\":3}".formatted(type, timestamp))
                .collect(Collectors.joining("\n"));
        Http.Answer answer = Http.post(
                millrace.environment("MILLRACE_INGEST_URL") + "/v1/events",
                millrace.environment("MILLRACE_INGEST_KEY"),
                "application/x-ndjson",
                body.getBytes(UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    private void isAnswered(String after, int weight) {
        Http.Answer answer = Http.get(
                millrace.environment("MILLRACE_QUERY_URL")
                        + "/v1/counts?from=2024-02-29T10:00:00Z&to=2024-02-29T11:00:00Z&event_type=" + type + after,
                millrace.environment("MILLRACE_QUERY_KEY"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode group = answer.json().at("/groups/0");
        assertThat(group.get("count").intValue()).isEqualTo(weight);
        assertThat(group.get("order_amount_sum").asString()).isEqualTo(Integer.toString(3 * weight));
        assertThat(answer.json().at("/meta/exact").asBoolean()).isFalse();
        assertThat(answer.json().at("/meta/reasons").toString()).isEqualTo("[\"sampled\"]");
    }

    private String clickHouse(String sql) {
        Http.Answer answer = Http.clickHouse(millrace.environment("MILLRACE_CLICKHOUSE_URL"), sql);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().strip();
    }
}
