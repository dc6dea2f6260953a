package io.millrace.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventJson;
import io.millrace.event.EventProtobuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final Instant RECEIVED = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Duration SKEW_MAX = Duration.ofHours(1);
    private static final LogTerms TERMS = new LogTerms(3, 12, 1_000_000, Duration.ofHours(24), SKEW_MAX);
    private static final byte[] VALUE = EventProtobuf.encode(Event.ofType("a"));

    @Test
    void givesAnEventItsPlaceAsIdAndItsReceiptAsTime() {
        StoredEvent stored = ((Fate.Stored) read(tenant("acme"), VALUE)).event();
        assertThat(stored.tenant()).isEqualTo(new Tenant("acme"));
        assertThat(stored.tenantName()).hasToString("acme");
        assertThat(SentEvent.of(stored)).isEqualTo(Event.ofType("a"));
        assertThat(SentEvent.resolved(stored).id()).isEqualTo(EventId.atPosition(3, 5, 77));
        assertThat(stored.timestampMillis()).isEqualTo(RECEIVED.toEpochMilli());
    }

    @Test
    void readsJsonWhenTheHeaderSaysSo() {
        byte[] json = EventJson.write(Event.ofType("a").withId(EventId.of("x")));
        for (String type : new String[] {"application/json", "Application/JSON; charset=utf-8"}) {
            Headers headers = tenant("acme").add("content-type", type.getBytes(UTF_8));
            StoredEvent stored = ((Fate.Stored) read(headers, json)).event();
            assertThat(SentEvent.resolved(stored).id()).isEqualTo(EventId.of("x"));
        }
    }

    @Test
    void readsCloudEventsWholeOrSpreadOverHeaders() {
        byte[] whole = """
                {"specversion":"1.0","id":"7","source":"/s","type":"a","subject":"u","datacontenttype":"application/json",
                 "data":{"x":1}}""".getBytes(UTF_8);
        Headers structured =
                tenant("acme").add("content-type", "application/cloudevents+json; charset=utf-8".getBytes(UTF_8));
        Event event = SentEvent.of(((Fate.Stored) read(structured, whole)).event());
        assertThat(event.id()).isEqualTo(EventId.of("/s 7"));
        assertThat(event.userId()).isEqualTo("u");
        assertThat(event.properties())
                .hasToString(
                        "{\"x\":1,\"ce_source\":\"/s\",\"ce_subject\":\"u\",\"ce_datacontenttype\":\"application/json\"}");

        Event spread = SentEvent.of(((Fate.Stored) read(spread(), "{\"x\":1}".getBytes(UTF_8))).event());
        assertThat(spread.id()).isEqualTo(event.id());
        assertThat(spread.userId()).isEqualTo("u");
        assertThat(spread.properties()).hasToString("{\"x\":1,\"ce_source\":\"/s\",\"ce_subject\":\"u\"}");
        assertThat(SentEvent.of(((Fate.Stored) read(spread(), null)).event()).properties())
                .hasToString("{\"ce_source\":\"/s\",\"ce_subject\":\"u\"}");
        assertThat(reason(spread(), "{".getBytes(UTF_8))).isEqualTo("malformed_json");
        assertThat(reason(spread().add("ce_id", "8".getBytes(UTF_8)), null)).isEqualTo("duplicate_field");
    }

    private static Headers spread() {
        return tenant("acme")
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_id", "7".getBytes(UTF_8))
                .add("ce_source", "/s".getBytes(UTF_8))
                .add("ce_type", "a".getBytes(UTF_8))
                .add("ce_subject", "u".getBytes(UTF_8))
                .add("content-type", "application/json".getBytes(UTF_8));
    }

    @Test
    void keepsAsDeadLetterWhatIsNoEvent() {
        assertThat(reason(new RecordHeaders(), VALUE)).isEqualTo("tenant_missing");
        assertThat(reason(tenant("No Tenant"), VALUE)).isEqualTo("tenant_invalid");
        assertThat(reason(tenant("acme"), null)).isEqualTo("value_missing");
        assertThat(reason(tenant("acme"), new byte[] {1})).isEqualTo("malformed_protobuf");
        assertThat(reason(tenant("acme").add("content-type", "text/csv".getBytes(UTF_8)), VALUE))
                .isEqualTo("content_type_unsupported");
        assertThat(reason(tenant("acme").add("content-type", "application/json".getBytes(UTF_8)), VALUE))
                .isIn("malformed_json", "not_an_object", "invalid_utf8");
    }

    @Test
    void takesTheLargestSkewAndNotOneMillisecondMore() {
        Instant limit = RECEIVED.plus(SKEW_MAX);
        assertThat(read(tenant("acme"), at(limit))).isInstanceOf(Fate.Stored.class);
        assertThat(reason(tenant("acme"), at(limit.plusMillis(1)))).isEqualTo("timestamp_too_far_ahead");
    }

    @Test
    void stopsAtAnUnknownVersion() {
        Headers future = new RecordHeaders().add("millrace-version", "2".getBytes(UTF_8));
        assertThat(read(future, VALUE)).isEqualTo(new Fate.UnknownVersion("2"));
        Headers present = tenant("acme").add("millrace-version", "1".getBytes(UTF_8));
        assertThat(read(present, VALUE)).isInstanceOf(Fate.Stored.class);
    }

    @Test
    void secondCopyIsADuplicateUnlessTheFirstWasNoEvent() {
        byte[] event = EventProtobuf.encode(Event.ofType("a").withId(EventId.of("order-1")));
        RecordReader reader = new RecordReader(TERMS);
        assertThat(reader.read(record(new RecordHeaders(), event, 1))).isInstanceOf(Fate.DeadLetter.class);
        assertThat(reader.read(record(tenant("acme"), event, 2))).isInstanceOf(Fate.Stored.class);
        assertThat(reader.read(record(tenant("acme"), event, 3))).isEqualTo(new Fate.Duplicate());
        assertThat(reader.read(record(tenant("other"), event, 4))).isInstanceOf(Fate.Stored.class);
    }

    @Test
    void markedRecordIsADeadLetterAndNoFirstCopy() {
        byte[] event = EventProtobuf.encode(Event.ofType("a").withId(EventId.of("order-1")));
        Headers marked = tenant("acme").add("millrace-dead-letter", "schema_mismatch /a: no".getBytes(UTF_8));
        RecordReader reader = new RecordReader(TERMS);
        assertThat(reader.read(record(marked, event, 1)))
                .isEqualTo(new Fate.DeadLetter("acme", "schema_mismatch", "/a: no"));
        assertThat(reader.read(record(tenant("acme"), event, 2))).isInstanceOf(Fate.Stored.class);
    }

    @Test
    void rememberedRecordsAndTheirBoundsAreJudgedBy() {
        byte[] event = EventProtobuf.encode(Event.ofType("a").withId(EventId.of("order-1")));
        byte[] other = EventProtobuf.encode(Event.ofType("a").withId(EventId.of("order-2")));
        RecordReader reader = new RecordReader(TERMS);
        reader.window().unknownBelow(50, RECEIVED.toEpochMilli());
        assertThat(reader.recall(record(tenant("acme"), event, 50))).isEmpty();
        assertThat(reader.recall(record(new RecordHeaders(), event, 51))).isEmpty();
        assertThat(reader.read(record(tenant("acme"), event, 52))).isEqualTo(new Fate.Duplicate());
        assertThat(reader.read(record(tenant("acme"), other, 53))).isEqualTo(new Fate.Unjudgeable());
        Headers future = new RecordHeaders().add("millrace-version", "2".getBytes(UTF_8));
        assertThat(reader.recall(record(future, event, 54))).contains(new Fate.UnknownVersion("2"));
    }

    @Test
    void keyIsTenantZeroAndId() {
        Tenant tenant = new Tenant("acme");
        assertThat(EventRecords.key(tenant, EventId.of("7"))).isEqualTo("acme\u00007".getBytes(UTF_8));
        assertThat(EventRecords.key(tenant, EventId.of("f9d7ab84-8c9b-5112-add2-feda21b7f251")))
                .hasSize(4 + 1 + 16)
                .endsWith(0xB7, 0xF2, 0x51);
    }

    private static byte[] at(Instant timestamp) {
        return EventProtobuf.encode(new Event(null, "a", timestamp, "", "", "", null, null, 1));
    }

    private static Headers tenant(String name) {
        return new RecordHeaders().add(EventTopic.TENANT_HEADER, name.getBytes(UTF_8));
    }

    private static String reason(Headers headers, byte @Nullable [] value) {
        return ((Fate.DeadLetter) read(headers, value)).reason();
    }

    private static Fate read(Headers headers, byte @Nullable [] value) {
        return new RecordReader(TERMS).read(record(headers, value, 77));
    }

    private static ConsumerRecord<byte[], byte[]> record(Headers headers, byte @Nullable [] value, long offset) {
        return new ConsumerRecord<>(
                EventTopic.NAME,
                5,
                offset,
                RECEIVED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                value,
                headers,
                Optional.of(1));
    }
}
