package io.millrace.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.event.Event;
import io.millrace.event.EventProtobuf;
import io.millrace.log.EventTopic;
import io.millrace.log.PositionVector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Follows one event by its id: door, topic, table, both views, answer. */
class EventJourneyIT {
    private final RunningMillrace millrace = RunningMillrace.shared();

    @Test
    void oneEventGoesAllTheWay() {
        String id = UUID.randomUUID().toString();
        String type = "journey_" + id.substring(0, 8);
        String json = """
                {"event_id":"%s","event_type":"%s","timestamp":"2024-02-29T10:11:12.345Z","user_id":"u1",
                 "session_id":"s1","product_id":"p1","order_amount":12.50,"properties":{"colour":"blue","size":42}}""".formatted(id, type);
        Http.Answer accepted = Http.post(
                millrace.environment("MILLRACE_INGEST_URL") + "/v1/events",
                millrace.environment("MILLRACE_INGEST_KEY"),
                "application/json",
                json.getBytes(UTF_8));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        assertThat(accepted.json().get("accepted").asInt()).isEqualTo(1);

        PositionVector position =
                PositionVector.parse(accepted.json().get("position").asString());
        assertThat(position.nextOffsets()).hasSize(1);
        int partition = position.nextOffsets().firstKey();
        long offset = position.nextOffsets().get(partition) - 1;

        isInTheTopic(id, type, partition, offset);
        isInTheTable(id, type, partition, offset);
        isInBothViews(type, partition, offset);
        isInTheAnswer(type);
    }

    private void isInTheTopic(String id, String type, int partition, long offset) {
        ConsumerRecord<byte[], byte[]> record = read(partition, offset);
        assertThat(new String(record.headers().lastHeader("millrace-tenant").value(), UTF_8))
                .isEqualTo("demo");
        Event event = (Event) EventProtobuf.decode(record.value());
        assertThat(event.id()).hasToString(id);
        assertThat(event.type()).isEqualTo(type);
    }

    private void isInTheTable(String id, String type, int partition, long offset) {
        String sql = "SELECT tenant, event_type, timestamp, user_id, session_id, product_id, order_amount,"
                + " properties['colour'], properties['size'], weight, partition, offset"
                + " FROM events WHERE event_id = '" + id + "'";
        await().atMost(Duration.ofSeconds(30)).until(() -> !clickHouse(sql).isEmpty());
        assertThat(clickHouse(sql))
                .isEqualTo(String.join(
                        "\t",
                        List.of(
                                "demo",
                                type,
                                "2024-02-29 10:11:12.345",
                                "u1",
                                "s1",
                                "p1",
                                "12.5",
                                "blue",
                                "42",
                                "1",
                                Integer.toString(partition),
                                Long.toString(offset))));
    }

    private void isInBothViews(String type, int partition, long offset) {
        for (Map.Entry<String, String> view : Map.of(
                        "events_per_minute",
                        "minute\t2024-02-29 10:11:00",
                        "events_per_hour",
                        "hour\t2024-02-29 10:00:00")
                .entrySet()) {
            String column = view.getValue().substring(0, view.getValue().indexOf('\t'));
            String start = view.getValue().substring(column.length() + 1);
            String sql = "SELECT " + column + ", sum(rows), sum(events), sum(amount_events), sum(amount_sum),"
                    + " uniqMerge(users), max(partition), max(offset_max) FROM " + view.getKey()
                    + " WHERE tenant = 'demo' AND event_type = '" + type + "' GROUP BY " + column;
            await().atMost(Duration.ofSeconds(30)).until(() -> !clickHouse(sql).isEmpty());
            assertThat(clickHouse(sql)).isEqualTo("%s\t1\t1\t1\t12.5\t1\t%d\t%d".formatted(start, partition, offset));
        }
    }

    private void isInTheAnswer(String type) {
        Http.Answer answer = Http.get(
                millrace.environment("MILLRACE_QUERY_URL")
                        + "/v1/counts?from=2024-02-29T10:00:00Z&to=2024-02-29T11:00:00Z&event_type=" + type,
                millrace.environment("MILLRACE_QUERY_KEY"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode group = answer.json().get("groups").get(0);
        assertThat(group.get("event_type").asString()).isEqualTo(type);
        assertThat(group.get("count").asLong()).isEqualTo(1);
        assertThat(group.get("order_amount_sum").asString()).isEqualTo("12.5");
    }

    private ConsumerRecord<byte[], byte[]> read(int partition, long offset) {
        TopicPartition place = new TopicPartition(EventTopic.NAME, partition);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, millrace.environment("MILLRACE_KAFKA")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(place));
            consumer.seek(place, offset);
            ConsumerRecords<byte[], byte[]> records =
                    await().until(() -> consumer.poll(Duration.ofMillis(500)), found -> !found.isEmpty());
            return records.records(place).getFirst();
        }
    }

    private String clickHouse(String sql) {
        Http.Answer answer = Http.clickHouse(millrace.environment("MILLRACE_CLICKHOUSE_URL"), sql);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().strip();
    }
}
