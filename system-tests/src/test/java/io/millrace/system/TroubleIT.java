package io.millrace.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong has its documented answer, on the whole of it running. */
class TroubleIT {
    private static final String NDJSON = "application/x-ndjson";
    private final RunningMillrace millrace = RunningMillrace.shared();
    private final String type = "trouble_" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void badLineAmongGoodOnesIsNamed() {
        Http.Answer answer = send(line() + "\n{\"event_type\":\n" + line());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(2);
        JsonNode rejected = answer.json().get("rejected");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0).get("index").asInt()).isEqualTo(1);
        assertThat(rejected.get(0).get("code").asString()).isEqualTo("malformed_json");
    }

    @Test
    void nothingAcceptableIsABadRequest() {
        Http.Answer answer = send("{\"event_type\":\"\"}");
        assertProblem(answer, 400, "nothing_accepted");
        assertThat(answer.json().get("rejected").get(0).get("code").asString()).isEqualTo("event_type_missing");
    }

    @Test
    void keyMustBeThereKnownAndForThis() {
        String url = millrace.environment("MILLRACE_INGEST_URL") + "/v1/events";
        assertProblem(Http.post(url, "", NDJSON, line().getBytes(UTF_8)), 401, "key_missing");
        assertProblem(Http.post(url, "mr_i_wrong", NDJSON, line().getBytes(UTF_8)), 401, "key_invalid");
        String queryKey = millrace.environment("MILLRACE_QUERY_KEY");
        assertProblem(Http.post(url, queryKey, NDJSON, line().getBytes(UTF_8)), 403, "scope_missing");
    }

    @Test
    void unknownPathIsNotFound() {
        assertProblem(
                Http.get(millrace.environment("MILLRACE_INGEST_URL") + "/v2/nothing", ingestKey()), 404, "not_found");
        assertProblem(
                Http.get(
                        millrace.environment("MILLRACE_QUERY_URL") + "/v2/nothing",
                        millrace.environment("MILLRACE_QUERY_KEY")),
                404,
                "not_found");
    }

    @Test
    void oversizedBodyIsRefused() {
        String padding = " ".repeat(4 * 1024 * 1024);
        assertProblem(send(line() + padding), 413, "body_too_large");
    }

    private Http.Answer send(String body) {
        return Http.post(
                millrace.environment("MILLRACE_INGEST_URL") + "/v1/events", ingestKey(), NDJSON, body.getBytes(UTF_8));
    }

    private String ingestKey() {
        return millrace.environment("MILLRACE_INGEST_KEY");
    }

    private String line() {
        return "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"timestamp\":\"2024-02-29T10:11:12Z\"}"
                .formatted(UUID.randomUUID(), type);
    }

    private static void assertProblem(Http.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
    }

    /** Kafka and ClickHouse are killed in turn; afterwards every accepted event is counted. */
    @Test
    void outagesAreAnsweredAndSurvived() {
        try (RunningMillrace own = RunningMillrace.ofItsOwn("trouble")) {
            own.run("up", "--fresh").mustSucceed();
            Outages outages = new Outages(own);
            outages.send(200);

            outages.kill("kafka");
            outages.refusedWhileKafkaIsDown();
            own.run("up").mustSucceed();
            outages.send(100);

            outages.kill("clickhouse");
            outages.questionRefusedWhileClickHouseIsDown();
            outages.send(100);
            own.run("up").mustSucceed();
            await().atMost(Duration.ofSeconds(90)).untilAsserted(outages::everyAcceptedEventIsCounted);
        }
    }
}
