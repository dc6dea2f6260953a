package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.EventLimits;
import io.millrace.ingestion.rules.EventRules;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import io.millrace.log.PositionVector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules that are made over one instance, in that one and in another; both read them by themselves once an hour. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesIT {
    private static final String JSON = "application/json";
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final Map<String, String> HARDLY_EVER = Map.of("millrace.ingestion.rules.refresh", "1h");

    private final LocalStack stack = FragileStack.get();
    private final RunningDoor one = RunningDoor.start(stack, HARDLY_EVER);
    private final RunningDoor other = RunningDoor.startBeside(stack, HARDLY_EVER);

    /** Reads them all the time. */
    private final RunningDoor hasty = RunningDoor.startBeside(
            stack,
            Map.of(
                    "millrace.ingestion.rules.refresh", "100ms",
                    "millrace.ingestion.rules.read-timeout", "1s"));

    private String tenant = "";
    private String key = "";

    @BeforeEach
    void makeKey() {
        for (RunningDoor door : List.of(one, other)) {
            await().untilAsserted(() -> health(door)
                    .jsonPath("$.components.rules.details.hears_of_changes")
                    .isEqualTo(true));
        }
        tenant = one.newTenant();
        key = one.newKey(tenant, "\"ingest\"");
    }

    @AfterEach
    void everythingRunsAgain() {
        stack.start();
    }

    @AfterAll
    void stop() {
        for (RunningDoor door : List.of(one, other, hasty)) {
            door.close();
        }
    }

    @Test
    void changedRuleIsAppliedEverywhereWithinASecond() {
        for (RunningDoor door : List.of(one, other)) {
            assertThat(accepted(door, "[{\"event_type\":\"noise\"}]")).isOne();
        }
        rule("noise", "{\"drop\":true}");
        await().atMost(PROMISED).untilAsserted(() -> {
            for (RunningDoor door : List.of(one, other)) {
                assertThat(accepted(door, "[{\"event_type\":\"noise\"}]")).isZero();
                assertThat(accepted(door, "[{\"event_type\":\"signal\"}]")).isOne();
            }
        });
        rule("*", "{\"drop\":true}");
        rule("noise", "{\"schema\":{}}");
        await().atMost(PROMISED).untilAsserted(() -> {
            for (RunningDoor door : List.of(one, other)) {
                assertThat(accepted(door, "[{\"event_type\":\"noise\"}]")).isOne();
                assertThat(accepted(door, "[{\"event_type\":\"signal\"}]")).isZero();
            }
        });
        rules().delete()
                .uri("/admin/v1/tenants/{tenant}/rules/{type}", tenant, "*")
                .exchange()
                .expectStatus()
                .isNoContent();
        await().atMost(PROMISED).untilAsserted(() -> {
            for (RunningDoor door : List.of(one, other)) {
                assertThat(accepted(door, "[{\"event_type\":\"signal\"}]")).isOne();
            }
        });
    }

    @Test
    void everyEventIsAccountedForInAnswerLogAndMetrics() {
        rule("noise", "{\"drop\":true}");
        rule("checked", "{\"schema\":{\"required\":[\"user_id\"]}}");
        rule("kept", "{\"schema\":{\"required\":[\"user_id\"]},\"on_mismatch\":\"dead_letter\"}");
        awaitRules();
        double dropped = counted("millrace.ingestion.events.dropped");
        double rejected = counted("millrace.ingestion.events.rejected");
        double deadLettered = counted("millrace.ingestion.events.dead.lettered");
        double accepted = counted("millrace.ingestion.events.accepted");
        JsonNode answer = sent(one, """
                [{"event_type":"noise"},{"event_type":"checked"},{"event_type":"kept","event_id":"k"},{},
                 {"event_type":"checked","user_id":"u"},{"event_type":"kept","user_id":"u"},{"event_type":"noise"}]""");
        String position = answer.get("position").stringValue();
        assertThat(answer.toString()).isEqualTo("""
                {"accepted":2,"rejected":[\
                {"index":1,"code":"schema_mismatch","detail":"required property 'user_id' not found"},\
                {"index":3,"code":"event_type_missing","detail":"event_type is required"}],\
                "dropped":[{"code":"rule_drop","indexes":[0,6]}],\
                "dead_letters":[{"index":2,"code":"schema_mismatch","detail":"required property 'user_id' not found"}],\
                "position":"%s"}""".formatted(position));
        assertThat(counted("millrace.ingestion.events.dropped")).isEqualTo(dropped + 2);
        assertThat(counted("millrace.ingestion.events.rejected")).isEqualTo(rejected + 2);
        assertThat(counted("millrace.ingestion.events.dead.lettered")).isEqualTo(deadLettered + 1);
        assertThat(counted("millrace.ingestion.events.accepted")).isEqualTo(accepted + 2);

        List<ConsumerRecord<byte[], byte[]>> records = PlainLog.records(stack, tenant, position);
        assertThat(records).hasSize(3);
        Map<Boolean, List<ConsumerRecord<byte[], byte[]>>> marked =
                records.stream().collect(Collectors.partitioningBy(record -> mark(record) != null));
        assertThat(marked.get(false))
                .allSatisfy(
                        record -> assertThat(PlainLog.event(record).userId()).isEqualTo("u"));
        assertThat(marked.get(true)).singleElement().satisfies(record -> {
            assertThat(String.valueOf(PlainLog.event(record).id())).isEqualTo("k");
            assertThat(new String(Objects.requireNonNull(mark(record)).value(), StandardCharsets.UTF_8))
                    .isEqualTo("schema_mismatch required property 'user_id' not found");
        });
    }

    private static @org.jspecify.annotations.Nullable Header mark(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(EventTopic.DEAD_LETTER_HEADER);
    }

    @Test
    void sampledEventsStandForAllThatWereSentAndARetryFaresAlike() {
        rule("view", "{\"sample_one_in\":10}");
        awaitRules();
        int sent = 5_000;
        String body = IntStream.range(0, sent)
                .mapToObj(i -> "{\"event_type\":\"view\",\"event_id\":\"view-" + i + "\",\"order_amount\":2}")
                .collect(Collectors.joining(",", "[", "]"));
        JsonNode first = sent(one, body);
        JsonNode again = sent(other, body);
        assertThat(again.get("dropped")).isEqualTo(first.get("dropped"));
        assertThat(first.at("/dropped/0/code").stringValue()).isEqualTo("rule_sample");
        assertThat(first.get("accepted").intValue()
                        + first.at("/dropped/0/indexes").size())
                .isEqualTo(sent);

        List<Event> logged =
                PlainLog.events(stack, tenant, first.get("position").stringValue());
        assertThat(logged).hasSizeGreaterThanOrEqualTo(first.get("accepted").intValue());
        List<Event> distinct = new ArrayList<>(logged.stream()
                .collect(Collectors.toMap(event -> String.valueOf(event.id()), event -> event, (a, _) -> a))
                .values());
        assertThat(distinct)
                .hasSize(first.get("accepted").intValue())
                .allSatisfy(event -> assertThat(event.weight()).isEqualTo(10));
        // Five standard deviations of 5,000 drawings with a chance of a tenth, ten events each.
        assertThat(distinct.stream().mapToInt(Event::weight).sum()).isBetween(sent - 1_061, sent + 1_061);
    }

    @Test
    void requestOfWhichNothingIsLeftIsASuccess() {
        rule("*", "{\"drop\":true}");
        awaitRules();
        JsonNode answer = sent(one, "{\"event_type\":\"a\"}");
        assertThat(answer.get("accepted").intValue()).isZero();
        assertThat(PositionVector.parse(answer.get("position").stringValue()).nextOffsets())
                .isEmpty();
        JsonNode mixed = sent(one, "[{\"event_type\":\"a\"},{}]");
        assertThat(mixed.get("rejected")).hasSize(1);
        one.send(key, JSON, "[{}]").expectStatus().isBadRequest();
    }

    @Test
    void librariesOfSegmentAreToldTheSame() {
        rule("page", "{\"drop\":true}");
        awaitRules();
        String basic = Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        one.client()
                .post()
                .uri("/v1/batch")
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", JSON)
                .bodyValue(
                        "{\"batch\":[{\"type\":\"page\",\"userId\":\"u\"},{\"type\":\"track\",\"event\":\"a\",\"userId\":\"u\"}]}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(true)
                .jsonPath("$.accepted")
                .isEqualTo(1)
                .jsonPath("$.dropped[0].indexes[0]")
                .isEqualTo(0);
    }

    @Test
    void rulesStayInForceWhilePostgresIsAwayAndHealthSaysHowOldTheyAre() {
        rule("noise", "{\"drop\":true}");
        awaitRules();
        await().untilAsserted(() ->
                health(hasty).jsonPath("$.components.rules.details.degraded").isEqualTo(false));
        assertThat(accepted(hasty, "{\"event_type\":\"noise\"}")).isZero();
        stack.postgres().stop();
        await().untilAsserted(() ->
                health(hasty).jsonPath("$.components.rules.details.degraded").isEqualTo(true));
        health(hasty).jsonPath("$.components.rules.status").isEqualTo("UP");
        assertThat(accepted(hasty, "{\"event_type\":\"noise\"}")).isZero();
        stack.postgres().start();
        await().untilAsserted(() ->
                health(hasty).jsonPath("$.components.rules.details.degraded").isEqualTo(false));
    }

    @Test
    void unusableRuleKeepsItsEventsOutAndNoOthers() {
        sql("""
                INSERT INTO event_rules (tenant, event_type, drop_events, sample_one_in, json_schema, on_mismatch)
                VALUES ('%s', 'broken', false, 1, '{"type":7}', 'reject')""".formatted(tenant));
        await().untilAsserted(() -> one.send(key, JSON, "[{\"event_type\":\"fine\"},{\"event_type\":\"broken\"}]")
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("rules_unavailable"));
        assertThat(accepted(one, "{\"event_type\":\"fine\"}")).isOne();
        health(one).jsonPath("$.components.rules.details.degraded").isEqualTo(true);
        sql("DELETE FROM event_rules WHERE tenant = '" + tenant + "'");
        await().untilAsserted(() ->
                assertThat(accepted(one, "{\"event_type\":\"broken\"}")).isOne());
    }

    @Test
    void rulesAreKeptWithinTheirLimits() {
        sql("""
                INSERT INTO event_rules (tenant, event_type, drop_events, sample_one_in)
                SELECT '%s', 'type ' || i, true, 1 FROM generate_series(1, %d) i""".formatted(tenant, EventRules.TENANT_RULES_MAX - 1));
        rule("last", "{\"drop\":true}");
        rule("last", "{\"sample_one_in\":" + EventLimits.WEIGHT_MAX + "}");
        isRefused(409, "too_many_rules", "one more", "{\"drop\":true}");
        isRefused(400, "request_invalid", "one more", "{\"sample_one_in\":" + (EventLimits.WEIGHT_MAX + 1) + "}");

        String largest = "{\"schema\":{\"title\":\"" + "x".repeat(64 * 1024 - 12) + "\"}}";
        rule("last", largest);
        isRefused(400, "request_invalid", "last", largest.replace("\"}}", "x\"}}"));
    }

    @Test
    void allRulesTogetherAreKeptWithinTheirLimits() {
        sql("DELETE FROM event_rules");
        String full = one.newTenant();
        sql("""
                INSERT INTO event_rules (tenant, event_type, drop_events, sample_one_in, json_schema, on_mismatch)
                SELECT '%s', 'type ' || i, false, 1, rpad('{}', 65536), 'reject' FROM generate_series(1, %d) i""".formatted(full, EventRules.SCHEMAS_BYTES_MAX / 65_536 - 1));
        rule("last", "{\"schema\":{\"title\":\"" + "x".repeat(64 * 1024 - 12) + "\"}}");
        isRefused(409, "too_many_rules", "one more", "{\"schema\":{}}");
        rule("one more", "{\"drop\":true}");

        sql("DELETE FROM event_rules");
        sql("""
                INSERT INTO event_rules (tenant, event_type, drop_events, sample_one_in)
                SELECT '%s', 'type ' || i, true, 1 FROM generate_series(1, %d) i""".formatted(full, EventRules.RULES_MAX - 1));
        rule("last", "{\"drop\":true}");
        isRefused(409, "too_many_rules", "one more", "{\"drop\":true}");
        rule("last", "{\"sample_one_in\":2}");
        sql("DELETE FROM event_rules");
    }

    @Test
    void whatIsWrongWithARuleIsSaid() {
        Map.of(
                        "{\"sample_one_in\":0}", "from 1 to 1000000",
                        "{\"sample_one_in\":1}", "one of them must be there",
                        "{\"sample_one_in\":1.5}", "whole number",
                        "{\"drop\":true,\"sample_one_in\":2}", "neither sampled",
                        "{\"schema\":{\"properties\":{\"user_id\":{\"type\":\"text\"}}}}", "/properties/user_id/type",
                        "{\"schema\":{},\"on_mismatch\":\"ignore\"}", "reject or dead_letter",
                        "{\"schema\":[]}", "JSON object",
                        "{\"sample\":2}", "the fields are drop, on_mismatch, sample_one_in, schema")
                .forEach((body, why) -> put("a", body)
                        .expectStatus()
                        .isBadRequest()
                        .expectBody()
                        .jsonPath("$.code")
                        .isEqualTo("request_invalid")
                        .jsonPath("$.detail")
                        .value(String.class, detail -> assertThat(detail).contains(why)));
    }

    private JsonNode sent(RunningDoor door, String body) {
        return JsonMapper.shared()
                .readTree(Objects.requireNonNull(door.send(key, JSON, body)
                        .expectStatus()
                        .isAccepted()
                        .expectBody()
                        .returnResult()
                        .getResponseBody()));
    }

    private int accepted(RunningDoor door, String body) {
        return sent(door, body).get("accepted").intValue();
    }

    private WebTestClient rules() {
        return one.admin();
    }

    private WebTestClient.ResponseSpec put(String eventType, String body) {
        return rules().put()
                .uri("/admin/v1/tenants/{tenant}/rules/{type}", tenant, eventType)
                .header("Content-Type", JSON)
                .bodyValue(body)
                .exchange();
    }

    private void rule(String eventType, String body) {
        put(eventType, body)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.event_type")
                .isEqualTo(eventType);
    }

    private void isRefused(int status, String code, String eventType, String body) {
        put(eventType, body)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    /** Until all know as many rules as there are. */
    private void awaitRules() {
        Long rules = one.context()
                .getBean(DatabaseClient.class)
                .sql("SELECT count(*) AS rules FROM event_rules")
                .map(row -> Objects.requireNonNull(row.get("rules", Long.class)))
                .one()
                .block();
        for (RunningDoor door : List.of(one, other, hasty)) {
            await().untilAsserted(() -> health(door)
                    .jsonPath("$.components.rules.details.rules")
                    .isEqualTo(Objects.requireNonNull(rules).intValue()));
        }
    }

    private static WebTestClient.BodyContentSpec health(RunningDoor door) {
        return door.client().get().uri("/actuator/health/readiness").exchange().expectBody();
    }

    private void sql(String statement) {
        one.context().getBean(DatabaseClient.class).sql(statement).then().block();
    }

    private double counted(String meter) {
        return one.context().getBean(MeterRegistry.class).find(meter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
