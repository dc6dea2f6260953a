package io.millrace.consumer.letters;

import static io.millrace.consumer.letters.RunningWorkbench.LETTERS;
import static io.millrace.consumer.letters.RunningWorkbench.named;
import static io.millrace.consumer.letters.RunningWorkbench.position;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.consumer.TestLog;
import io.millrace.consumer.letters.RunningWorkbench.Answer;
import io.millrace.event.EventId;
import io.millrace.localstack.LocalStack;
import io.millrace.log.EventTopic;
import io.millrace.log.LogPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Letters of foreign producers: found, shown, and replayed through the running service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersIT {
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private final LocalStack stack = LocalStack.shared();
    private final RunningWorkbench workbench = new RunningWorkbench(
            stack,
            "millrace.letters.listed-max=20",
            "millrace.letters.replayed-max=20",
            "millrace.letters.page-bytes-max=150KB");

    @AfterAll
    void stop() {
        workbench.close();
    }

    /** JSON of somebody, who is not said. */
    private static ProducerRecord<byte[], byte[]> nobodys(int partition, String json) {
        return TestLog.raw(partition, null, json.replace('\'', '"').getBytes(UTF_8), JSON);
    }

    private static ProducerRecord<byte[], byte[]> of(String tenant, int partition, String value) {
        return TestLog.raw(
                partition,
                "key".getBytes(UTF_8),
                value.getBytes(UTF_8),
                Map.of("content-type", "application/json", "millrace-tenant", tenant));
    }

    @Test
    void lettersAreListedByReasonTenantTimeAndPlacePageByPage() throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            records.add(of("listed", 2, "{"));
            records.add(of("listed", 3, "{\"event_type\":\"\"}"));
        }
        List<LogPosition> letters = workbench.bury(records);
        List<String> ofPartition2 =
                IntStream.of(0, 2, 4).mapToObj(i -> letters.get(i).toString()).toList();

        assertThat(workbench.get(LETTERS + "?tenant=listed").positions())
                .containsExactlyElementsOf(letters.stream()
                        .sorted(Positions.ORDER)
                        .map(Object::toString)
                        .toList());
        assertThat(workbench
                        .get(LETTERS + "?tenant=listed&reason=malformed_json")
                        .positions())
                .isEqualTo(ofPartition2);
        assertThat(workbench.get(LETTERS + "?tenant=listed&partition=2&log=1").positions())
                .isEqualTo(ofPartition2);
        assertThat(workbench.get(LETTERS + "?tenant=listed&log=2").positions()).isEmpty();
        assertThat(workbench.get(LETTERS + "?tenant=unlisted").positions()).isEmpty();

        List<String> paged = new ArrayList<>();
        Answer page = workbench.get(LETTERS + "?tenant=listed&limit=4");
        while (!page.positions().isEmpty()) {
            paged.addAll(page.positions());
            page = workbench.get(LETTERS + "?tenant=listed&limit=4&after="
                    + page.body().path("next").asString());
        }
        assertThat(page.body().path("next").isNull()).isTrue();
        assertThat(paged)
                .hasSize(6)
                .isEqualTo(workbench.get(LETTERS + "?tenant=listed").positions());

        String second = workbench
                .get(LETTERS + "/" + letters.get(2))
                .body()
                .path("received_at")
                .asString();
        assertThat(workbench
                        .get(LETTERS + "?tenant=listed&partition=2&from=" + second)
                        .positions())
                .endsWith(ofPartition2.get(1), ofPartition2.get(2));
        assertThat(workbench
                        .get(LETTERS + "?tenant=listed&partition=2&to=" + second)
                        .positions())
                .isSubsetOf(ofPartition2.getFirst());

        JsonNode reasons =
                workbench.get(LETTERS + "/reasons?tenant=listed").body().path("reasons");
        assertThat(reasons.valueStream()
                        .map(count -> count.path("reason").asString() + " "
                                + count.path("letters").asLong()))
                .containsExactly("event_type_missing 3", "malformed_json 3");
    }

    @Test
    void pagesEndEarlyWhenTheirBytesAreMany() throws Exception {
        String large = "x".repeat(100_000);
        List<LogPosition> letters =
                workbench.bury(List.of(of("large", 2, large), of("large", 2, large), of("large", 2, large)));
        Answer page = workbench.get(LETTERS + "?tenant=large");
        assertThat(page.positions())
                .containsExactly(letters.get(0).toString(), letters.get(1).toString());
        assertThat(workbench
                        .get(LETTERS + "?tenant=large&after="
                                + page.body().path("next").asString())
                        .positions())
                .containsExactly(letters.get(2).toString());
    }

    @Test
    void letterIsShownWhole() throws Exception {
        byte[] bytes = {(byte) 0xFF, 0, 1};
        LogPosition place = workbench
                .bury(List.of(TestLog.raw(4, "ü".getBytes(UTF_8), bytes, Map.of("x", "y"))))
                .getFirst();
        JsonNode letter = workbench.get(LETTERS + "/" + place).body();
        assertThat(letter.path("reason").asString()).isEqualTo("tenant_missing");
        assertThat(letter.path("tenant").asString()).isEmpty();
        assertThat(letter.path("value").path("base64").asString())
                .isEqualTo(Base64.getEncoder().encodeToString(bytes));
        assertThat(letter.path("value").path("text").isNull()).isTrue();
        assertThat(letter.path("key").path("text").asString()).isEqualTo("ü");
        assertThat(letter.path("headers").path(0).path("name").asString()).isEqualTo("x");
        assertThat(letter.path("headers").path(0).path("text").asString()).isEqualTo("y");
        assertThat(letter.path("state").asString()).isEqualTo("open");
        LogPosition empty = workbench
                .bury(List.of(TestLog.raw(4, null, null, Map.of("millrace-tenant", "shown"))))
                .getFirst();
        assertThat(workbench.get(LETTERS + "/" + empty).body().path("value").isNull())
                .isTrue();
        assertThat(workbench.replay("{'positions':['%s']}".formatted(empty)).outcomes())
                .containsExactly("refused value_missing");
    }

    @Test
    void dryRunSaysWhatAReplayWouldDoAndDoesNothing() throws Exception {
        workbench.makeTenant("rehearsed");
        List<LogPosition> letters = workbench.bury(
                List.of(nobodys(5, "{'event_type':'a','event_id':'1'}"), nobodys(5, "{"), of("other", 5, "[]")));
        List<LogPosition> asked = new ArrayList<>(letters);
        asked.add(new LogPosition(1, 5, 1_000_000_000));
        var ends = workbench.log.ends();

        Answer answer = workbench.replay(
                "{'positions':%s,'mend':{'tenant':'rehearsed'},'dry_run':true}".formatted(named(asked)));
        assertThat(answer.outcomes())
                .containsExactly("would_replay", "refused malformed_json", "refused not_an_object", "not_found");
        assertThat(answer.body().path("counts").path("refused").asInt()).isEqualTo(2);
        assertThat(workbench
                        .replay("{'positions':%s,'dry_run':true}".formatted(named(letters)))
                        .outcomes())
                .as("without the tenant")
                .containsExactly("refused tenant_missing", "refused tenant_missing", "refused not_an_object");
        assertThat(workbench.log.ends()).isEqualTo(ends);
        assertThat(letters)
                .allSatisfy(letter -> assertThat(workbench.state(letter)).isEqualTo("open"));
    }

    @Test
    void mendedLettersAreReplayedByteForByteAndCountOnceHoweverOftenAsked() throws Exception {
        workbench.makeTenant("mended");
        String json = "{ \"event_type\":\"a\", \"event_id\":\"mended-1\",\"timestamp\":\"2026-01-01T00:00:00Z\" }";
        List<LogPosition> letters = workbench.bury(List.of(nobodys(6, json), nobodys(6, "{")));
        String order = "{'positions':%s,'mend':{'tenant':'mended'}}".formatted(named(letters));

        double replayed = workbench.replayed();
        Answer first = workbench.replay(order);
        assertThat(first.outcomes()).containsExactly("replayed", "refused malformed_json");
        assertThat(workbench.replayed()).isEqualTo(replayed + 1);
        assertThat(workbench.replay(order).outcomes()).containsExactly("already_replayed", "refused malformed_json");
        assertThat(workbench.replayed()).isEqualTo(replayed + 1);
        assertThat(workbench.counted("mended")).isEqualTo(1);

        LogPosition to = position(first.body().path("letters").path(0).path("replayed_to"));
        JsonNode letter = workbench.get(LETTERS + "/" + letters.getFirst()).body();
        assertThat(letter.path("state").asString()).isEqualTo("replayed");
        assertThat(position(letter.path("replayed_to"))).isEqualTo(to);
        ConsumerRecord<byte[], byte[]> record = record(to);
        assertThat(new String(record.value(), UTF_8)).isEqualTo(json);
        assertThat(record.key()).isEqualTo("mended\0mended-1".getBytes(UTF_8));
        assertThat(Positions.replayOf(record.headers())).hasValue(letters.getFirst());
        workbench.store.assertLedgerIsWhole();
    }

    @Test
    void eventsWithoutIdOrTimeGetThoseOfTheirFirstReceipt() throws Exception {
        workbench.makeTenant("unnamed");
        LogPosition letter = workbench
                .bury(List.of(nobodys(7, "{'event_type':'a','order_amount':1.5,'properties':{'p':'q'}}")))
                .getFirst();
        assertThat(workbench
                        .replay("{'positions':['%s'],'mend':{'tenant':'unnamed'}}".formatted(letter))
                        .outcomes())
                .containsExactly("replayed");
        assertThat(workbench.counted("unnamed")).isEqualTo(1);
        GenericRecord row = workbench.store.rows("""
                SELECT event_id, toUnixTimestamp64Milli(timestamp) AS at, toString(order_amount) AS amount, properties['p'] AS p
                FROM events WHERE tenant = 'unnamed'""").getFirst();
        UUID id = EventId.atPosition(1, 7, letter.offset()).uuid();
        assertThat(row.getUUID("event_id")).isEqualTo(id);
        assertThat(row.getString("p")).isEqualTo("q");
        assertThat(row.getString("amount")).startsWith("1.5");
        assertThat(row.getLong("at"))
                .isEqualTo(workbench.store.number(
                        "SELECT toUnixTimestamp64Milli(any(received_at)) FROM dead_letters WHERE partition = 7 AND offset = "
                                + letter.offset()));
    }

    @Test
    void contentTypesAreMendedAndTenantsThatAreNamedAreKept() throws Exception {
        workbench.makeTenant("thief");
        LogPosition letter = workbench
                .bury(List.of(TestLog.raw(
                        8,
                        null,
                        "{\"event_type\":\"a\",\"event_id\":\"1\"}".getBytes(UTF_8),
                        Map.of("content-type", "text/plain", "millrace-tenant", "owner"))))
                .getFirst();
        assertThat(workbench.replay("{'positions':['%s']}".formatted(letter)).outcomes())
                .containsExactly("refused content_type_unsupported");
        assertThat(workbench
                        .replay("{'positions':['%s'],'mend':{'content_type':'application/json','tenant':'thief'}}"
                                .formatted(letter))
                        .outcomes())
                .containsExactly("replayed");
        assertThat(workbench.counted("owner")).isEqualTo(1);
        assertThat(workbench.counted("thief")).isZero();
    }

    @Test
    void whatTheDoorMarkedIsAnEventOnlyOnceItIsUnmarked() throws Exception {
        LogPosition letter = workbench
                .bury(List.of(TestLog.raw(
                        8,
                        null,
                        "{\"event_type\":\"a\",\"event_id\":\"1\"}".getBytes(UTF_8),
                        Map.of(
                                "content-type",
                                "application/json",
                                "millrace-tenant",
                                "marked",
                                "millrace-dead-letter",
                                "schema_mismatch /user_id: is required"))))
                .getFirst();
        JsonNode shown = workbench.get(LETTERS + "/" + letter).body();
        assertThat(shown.path("reason").asString()).isEqualTo("schema_mismatch");
        assertThat(shown.path("detail").asString()).isEqualTo("/user_id: is required");
        assertThat(workbench.replay("{'positions':['%s']}".formatted(letter)).outcomes())
                .containsExactly("refused schema_mismatch");
        assertThat(workbench.counted("marked")).isZero();
        assertThat(workbench
                        .replay("{'positions':['%s'],'mend':{'unmark':true}}".formatted(letter))
                        .outcomes())
                .containsExactly("replayed");
        assertThat(workbench.counted("marked")).isEqualTo(1);
    }

    @Test
    void selectionsAreReplayedPageByPage() throws Exception {
        workbench.makeTenant("selected");
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            records.add(TestLog.raw(
                    9,
                    null,
                    ("{\"event_type\":\"a\",\"event_id\":\"" + i + "\"}").getBytes(UTF_8),
                    Map.of("content-type", "text/selected", "millrace-tenant", "selected")));
        }
        workbench.bury(records);
        String order =
                "{'filter':{'tenant':'selected','partition':9%s},'limit':10,'mend':{'content_type':'application/json'}}";
        List<String> outcomes = new ArrayList<>();
        Answer page = workbench.replay(order.formatted(""));
        outcomes.addAll(page.outcomes());
        while (!page.body().path("next").isNull()) {
            page = workbench.replay(
                    order.formatted(",'after':'" + page.body().path("next").asString() + "'"));
            outcomes.addAll(page.outcomes());
        }
        assertThat(outcomes).hasSize(25).containsOnly("replayed");
        assertThat(workbench.counted("selected")).isEqualTo(25);
    }

    @Test
    void limitsHoldAtTheirValuesAndNotOnePast() {
        List<LogPosition> none = IntStream.range(0, 21)
                .mapToObj(i -> new LogPosition(1, 0, 1_000_000_000L + i))
                .toList();
        assertThat(workbench
                        .replay("{'positions':%s}".formatted(named(none.subList(0, 20))))
                        .outcomes())
                .hasSize(20)
                .containsOnly("not_found");
        assertThat(workbench.replay("{'positions':%s}".formatted(named(none))).code())
                .isEqualTo("body_invalid");
        assertThat(workbench.get(LETTERS + "?limit=20").status()).isEqualTo(200);
        assertThat(workbench.get(LETTERS + "?limit=21").code()).isEqualTo("limit_invalid");
        assertThat(workbench.replay("{'filter':{'tenant':'none'},'limit':20}").outcomes())
                .isEmpty();
        assertThat(workbench.replay("{'filter':{},'limit':21}").code()).isEqualTo("limit_invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "?reson=x | filter_invalid",
                "?reason=a&reason=b | filter_invalid",
                "?from=yesterday | filter_invalid",
                "?partition=65536 | filter_invalid",
                "?log=-1 | filter_invalid",
                "?after=1-2 | filter_invalid",
                "?limit=0 | limit_invalid",
                "?limit=x | limit_invalid",
            })
    void wrongQueriesAreRefused(String query, String code) {
        Answer answer = workbench.get(LETTERS + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~ | body_invalid",
                "[] | body_invalid",
                "{} | body_invalid",
                "{'filter':{},'positions':['1-1-1']} | body_invalid",
                "{'positions':[]} | body_invalid",
                "{'positions':['1-1']} | body_invalid",
                "{'positions':['1-1-1'],'limit':1} | body_invalid",
                "{'filter':{},'dryrun':true} | body_invalid",
                "{'filter':{},'dry_run':'true'} | body_invalid",
                "{'filter':{},'filter':{}} | body_invalid",
                "{'filter':{'reason':['a']}} | body_invalid",
                "{'filter':{'resaon':'a'}} | body_invalid",
                "{'filter':{'from':'yesterday'}} | filter_invalid",
                "{'filter':{},'limit':0} | limit_invalid",
                "{'filter':{},'mend':{'tenant':'No Tenant'}} | body_invalid",
                "{'filter':{},'mend':{'content_type':'text/csv'}} | body_invalid",
                "{'filter':{},'mend':{'value':'x'}} | body_invalid",
                "{'filter':{},'mend':{'unmark':'yes'}} | body_invalid",
                "{'filter':{},'mend':{'tenant':'nowhere'}} | tenant_unknown",
            })
    void wrongOrdersAreRefused(String order, String code) {
        Answer answer = workbench.replay(order);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    private ConsumerRecord<byte[], byte[]> record(LogPosition place) {
        try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.kafka().url(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(EventTopic.NAME, place.partition());
            reader.assign(List.of(partition));
            reader.seek(partition, place.offset());
            return Objects.requireNonNull(
                    reader.poll(Duration.ofSeconds(30)).records(partition).getFirst());
        }
    }
}
