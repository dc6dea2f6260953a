package io.millrace.consumer.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventProtobuf;
import io.millrace.log.EventRecords;
import io.millrace.log.LogPosition;
import io.millrace.log.LogTerms;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SecondReadingTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-20T10:00:00Z");
    private static final LogPosition PLACE = new LogPosition(1, 3, 1234);
    private static final LogTerms TERMS = new LogTerms(2, 12, 1_000_000, Duration.ofHours(24), Duration.ofHours(1));

    private final SecondReading reading = new SecondReading("topic", TERMS);

    private static DeadLetter letter(byte[] value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "topic",
                3,
                1234,
                RECEIVED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                -1,
                -1,
                new byte[0],
                value,
                all,
                Optional.empty());
        return new DeadLetter(PLACE, headers.getOrDefault("millrace-tenant", ""), "reason", "", record);
    }

    private static DeadLetter json(String json) {
        return letter(
                json.getBytes(UTF_8),
                Map.of("millrace-tenant", "t", "content-type", "application/json; charset=utf-8"));
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        return ((SecondReading.Result.AnEvent) reading.of(letter, Mending.NONE, RECEIVED)).record();
    }

    @Test
    void timeMendsEventsThatWereAheadOfTheirTime() {
        DeadLetter early = json("{\"event_type\":\"a\",\"event_id\":\"1\",\"timestamp\":\"2026-11-20T12:00:00Z\"}");
        assertThat(reading.of(early, Mending.NONE, RECEIVED))
                .isInstanceOfSatisfying(
                        SecondReading.Result.Dead.class,
                        dead -> assertThat(dead.reason()).isEqualTo("timestamp_too_far_ahead"));
        assertThat(reading.of(early, Mending.NONE, Instant.parse("2026-11-20T11:00:00Z")))
                .isInstanceOf(SecondReading.Result.AnEvent.class);
    }

    @Test
    void wholeEventsStayAsTheyAreAndKeepTheirHeaders() {
        DeadLetter whole = json("{ \"event_type\":\"a\",\"event_id\":\"1\",\"timestamp\":\"2026-11-20T09:00:00Z\"}");
        ProducerRecord<byte[], byte[]> record = record(whole);
        assertThat(record.value()).isEqualTo(whole.record().value());
        assertThat(record.key()).isEqualTo(EventRecords.key(new Tenant("t"), EventId.of("1")));
        assertThat(record.partition()).isEqualTo(BuiltInPartitioner.partitionForKey(record.key(), 12));
        assertThat(record.headers().lastHeader("content-type").value())
                .isEqualTo("application/json; charset=utf-8".getBytes(UTF_8));
        assertThat(Positions.replayOf(record.headers())).hasValue(PLACE);
        assertThat(whole.record().headers().lastHeader(Positions.REPLAY_OF_HEADER))
                .isNull();
    }

    @Test
    void whatTheLogWouldHaveAddedIsAddedFromTheFirstReceipt() {
        ProducerRecord<byte[], byte[]> record = record(json("{\"event_type\":\"a\",\"user_id\":\"u\"}"));
        EventId id = EventId.atPosition(1, 3, 1234);
        Event expected = new Event(id, "a", RECEIVED, "u", "", "", null, null, 1);
        assertThat(EventProtobuf.decode(record.value())).isEqualTo(expected);
        assertThat(record.key()).isEqualTo(EventRecords.key(new Tenant("t"), id));
        assertThat(record.headers().lastHeader("content-type")).isNull();
    }

    @Test
    void replayOfAReplayNamesTheLetterItComesFrom() {
        DeadLetter again = letter(
                "{\"event_type\":\"a\",\"event_id\":\"1\"}".getBytes(UTF_8),
                Map.of(
                        "millrace-tenant", "t",
                        "content-type", "application/json",
                        "millrace-replay-of", "1-0-7"));
        assertThat(Positions.replayOf(again.record().headers())).hasValue(new LogPosition(1, 0, 7));
        assertThat(record(again).headers().headers("millrace-replay-of")).hasSize(1);
        assertThat(Positions.replayOf(record(again).headers())).hasValue(PLACE);
    }

    @Test
    void recordsOfANewerMillraceAreLeftAlone() {
        DeadLetter newer = letter(
                EventProtobuf.encode(Event.ofType("a")), Map.of("millrace-tenant", "t", "millrace-version", "2"));
        assertThat(reading.of(newer, Mending.NONE, RECEIVED))
                .isEqualTo(new SecondReading.Result.Dead("unknown_version", "the record is of version 2"));
    }
}
