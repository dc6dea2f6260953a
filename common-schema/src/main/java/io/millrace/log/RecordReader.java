package io.millrace.log;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventJson;
import io.millrace.event.EventLimits;
import io.millrace.event.EventProtobuf;
import io.millrace.event.InvalidEvent;
import io.millrace.event.ParsedEvent;
import io.millrace.log.Fate.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads records of one log: the one piece of code that decides their fate. Knows no clock and no setting. */
public final class RecordReader {
    public static final String TENANT_MISSING = "tenant_missing";
    public static final String TENANT_INVALID = "tenant_invalid";
    public static final String CONTENT_TYPE_UNSUPPORTED = "content_type_unsupported";
    public static final String VALUE_MISSING = "value_missing";

    private final LogTerms terms;

    public RecordReader(LogTerms terms) {
        this.terms = terms;
    }

    public Fate read(ConsumerRecord<byte[], byte[]> record) {
        String version = header(record.headers(), EventTopic.WIRE_VERSION_HEADER);
        if (version != null && !version.equals(EventTopic.WIRE_VERSION)) {
            return new Fate.UnknownVersion(version);
        }
        String tenant = header(record.headers(), EventTopic.TENANT_HEADER);
        if (tenant == null) {
            return new DeadLetter("", TENANT_MISSING, "the header " + EventTopic.TENANT_HEADER + " is missing");
        }
        if (!Tenant.isValid(tenant)) {
            return new DeadLetter("", TENANT_INVALID, "the header " + EventTopic.TENANT_HEADER + " names no tenant");
        }
        byte @Nullable [] value = record.value();
        if (value == null) {
            return new DeadLetter(tenant, VALUE_MISSING, "the record has no value");
        }
        return read(record, new Tenant(tenant), value);
    }

    private Fate read(ConsumerRecord<byte[], byte[]> record, Tenant tenant, byte[] value) {
        ParsedEvent parsed;
        switch (mediaType(header(record.headers(), EventTopic.CONTENT_TYPE_HEADER))) {
            case EventTopic.PROTOBUF -> parsed = EventProtobuf.decode(value);
            case EventTopic.JSON -> parsed = EventJson.parse(value);
            default -> {
                return new DeadLetter(
                        tenant.name(),
                        CONTENT_TYPE_UNSUPPORTED,
                        "the header " + EventTopic.CONTENT_TYPE_HEADER + " names an unknown form");
            }
        }
        return switch (parsed) {
            case Event event -> place(record, tenant, event);
            case InvalidEvent(InvalidEvent.Code code, String detail) ->
                new DeadLetter(tenant.name(), code.wire(), detail);
        };
    }

    private Fate place(ConsumerRecord<byte[], byte[]> record, Tenant tenant, Event event) {
        Instant received = Instant.ofEpochMilli(record.timestamp());
        Instant timestamp = event.timestamp() == null ? received : event.timestamp();
        if (timestamp.isAfter(received.plus(terms.timestampSkewMax()))
                || timestamp.isAfter(EventLimits.TIMESTAMP_MAX)) {
            return new DeadLetter(
                    tenant.name(),
                    InvalidEvent.Code.TIMESTAMP_TOO_FAR_AHEAD.wire(),
                    "timestamp is more than " + terms.timestampSkewMax() + " ahead of its receipt");
        }
        EventId id = event.id() == null
                ? EventId.atPosition(terms.logId(), record.partition(), record.offset())
                : event.id();
        return new Fate.Stored(tenant, event, id, timestamp);
    }

    private static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Without its parameters; a record that names none is Protobuf. */
    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return EventTopic.PROTOBUF;
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
