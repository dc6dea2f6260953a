package io.millrace.prove.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventProtobuf;
import io.millrace.event.InvalidEvent;
import io.millrace.log.EventTopic;
import io.millrace.log.RecordReader;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Draws records that are no events, each in its own way. */
final class MalformedDraw {
    private static final Duration FAR_AHEAD = Duration.ofDays(2);
    private static final int WAYS = 7;
    private static final int GARBAGE_BYTES_MAX = 300;
    /** Field 1 as an endless varint: no garbage may happen to be an event. */
    private static final byte[] NO_PROTOBUF = {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    private final SplittableRandom random;
    private final EventDraw events;

    MalformedDraw(SplittableRandom random) {
        this.random = random;
        this.events = new EventDraw(random);
    }

    ProducerRecord<byte[], byte[]> next(Instant now) {
        Event event = events.event(EventId.of(new UUID(random.nextLong(), random.nextLong())), now, 1);
        byte[] valid = EventProtobuf.encode(event);
        return switch (random.nextInt(WAYS)) {
            case 0 -> record(garbage(), "acme", EventTopic.PROTOBUF, Note.ANY);
            case 1 -> record(valid, null, EventTopic.PROTOBUF, RecordReader.TENANT_MISSING);
            case 2 -> record(valid, "Not A Tenant", EventTopic.PROTOBUF, RecordReader.TENANT_INVALID);
            case 3 -> record(valid, "acme", "text/plain", RecordReader.CONTENT_TYPE_UNSUPPORTED);
            case 4 ->
                record(
                        "{\"event_type\":\"order\",".getBytes(UTF_8),
                        "acme",
                        EventTopic.JSON,
                        InvalidEvent.Code.MALFORMED_JSON.wire());
            case 5 -> record(null, "globex", EventTopic.PROTOBUF, RecordReader.VALUE_MISSING);
            default -> farAhead(event, now);
        };
    }

    private ProducerRecord<byte[], byte[]> farAhead(Event event, Instant now) {
        Event ahead = new Event(
                event.id(),
                event.type(),
                now.plus(FAR_AHEAD),
                event.userId(),
                event.sessionId(),
                event.productId(),
                event.orderAmount(),
                event.properties(),
                event.weight());
        return record(
                EventProtobuf.encode(ahead),
                "globex",
                EventTopic.PROTOBUF,
                InvalidEvent.Code.TIMESTAMP_TOO_FAR_AHEAD.wire());
    }

    private byte[] garbage() {
        byte[] bytes = new byte[NO_PROTOBUF.length + random.nextInt(GARBAGE_BYTES_MAX)];
        random.nextBytes(bytes);
        System.arraycopy(NO_PROTOBUF, 0, bytes, 0, NO_PROTOBUF.length);
        return bytes;
    }

    private ProducerRecord<byte[], byte[]> record(
            byte @Nullable [] value, @Nullable String tenant, String contentType, String reason) {
        byte[] key = new byte[Long.BYTES];
        random.nextBytes(key);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(EventTopic.NAME, key, value);
        if (tenant != null) {
            EventDraw.addHeader(record, EventTopic.TENANT_HEADER, tenant);
        }
        EventDraw.addHeader(record, EventTopic.CONTENT_TYPE_HEADER, contentType);
        Note.refused(reason).writeTo(record.headers());
        return record;
    }
}
