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
    private static final RecordReader READER =
            new RecordReader(new LogTerms(3, 12, 1_000_000, Duration.ofHours(24), SKEW_MAX));
    private static final byte[] VALUE = EventProtobuf.encode(Event.ofType("a"));

    @Test
    void givesAnEventItsPlaceAsIdAndItsReceiptAsTime() {
        Fate.Stored stored = (Fate.Stored) read(tenant("acme"), VALUE);
        assertThat(stored.tenant()).isEqualTo(new Tenant("acme"));
        assertThat(stored.id()).isEqualTo(EventId.atPosition(3, 5, 77));
        assertThat(stored.timestamp()).isEqualTo(RECEIVED);
        assertThat(stored.event().type()).isEqualTo("a");
    }

    @Test
    void readsJsonWhenTheHeaderSaysSo() {
        byte[] json = EventJson.write(Event.ofType("a").withId(EventId.of("x")));
        for (String type : new String[] {"application/json", "Application/JSON; charset=utf-8"}) {
            Headers headers = tenant("acme").add("content-type", type.getBytes(UTF_8));
            assertThat(((Fate.Stored) read(headers, json)).id()).isEqualTo(EventId.of("x"));
        }
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
        return READER.read(new ConsumerRecord<>(
                EventTopic.NAME,
                5,
                77,
                RECEIVED.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                value,
                headers,
                Optional.of(1)));
    }
}
