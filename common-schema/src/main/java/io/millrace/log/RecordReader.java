package io.millrace.log;

import io.millrace.event.CloudEventJson;
import io.millrace.event.EventId;
import io.millrace.event.EventJson;
import io.millrace.event.EventLimits;
import io.millrace.event.EventSlices;
import io.millrace.event.InvalidEvent;
import io.millrace.log.Fate.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one partition of one log, each once and in the order of their offsets: the one piece of code that
 * decides their fate. Knows no clock and no setting, but remembers what it has read, for the duplicate rule.
 *
 * <p>Before the first record that is to be judged it must have been shown those that the duplicate window reaches back
 * to ({@link #recall}), or be told that they are gone ({@link DuplicateWindow#unknownBelow}). Not for more than one thread.
 */
public final class RecordReader {
    public static final String TENANT_MISSING = "tenant_missing";
    public static final String TENANT_INVALID = "tenant_invalid";
    public static final String CONTENT_TYPE_UNSUPPORTED = "content_type_unsupported";
    public static final String VALUE_MISSING = "value_missing";

    private static final Fate DUPLICATE = new Fate.Duplicate();
    private static final Fate UNJUDGEABLE = new Fate.Unjudgeable();
    private static final byte[] WIRE_VERSION = EventTopic.WIRE_VERSION.getBytes(StandardCharsets.UTF_8);
    private static final long TIMESTAMP_MAX_MILLIS = EventLimits.TIMESTAMP_MAX.toEpochMilli();

    private final LogTerms terms;
    private final long skewMaxMillis;
    private final DuplicateWindow window;
    private final TenantHeader tenants = new TenantHeader();
    private final StoredEvent event = new StoredEvent();
    private final Fate stored = new Fate.Stored(event);

    public RecordReader(LogTerms terms) {
        this.terms = terms;
        this.skewMaxMillis = terms.timestampSkewMax().toMillis();
        this.window = new DuplicateWindow(terms);
    }

    /** What the reader remembers. */
    public DuplicateWindow window() {
        return window;
    }

    /** Decides what becomes of the next record. */
    public Fate read(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        byte @Nullable [] version = header(headers, EventTopic.WIRE_VERSION_HEADER);
        if (version != null && !Arrays.equals(version, WIRE_VERSION)) {
            return new Fate.UnknownVersion(new String(version, StandardCharsets.UTF_8));
        }
        byte @Nullable [] name = header(headers, EventTopic.TENANT_HEADER);
        if (name == null) {
            return new DeadLetter("", TENANT_MISSING, "the header " + EventTopic.TENANT_HEADER + " is missing");
        }
        Optional<Tenant> tenant = tenants.read(name);
        if (tenant.isEmpty()) {
            return new DeadLetter("", TENANT_INVALID, "the header " + EventTopic.TENANT_HEADER + " names no tenant");
        }
        event.setTenant(tenant.get(), name);
        byte @Nullable [] mark = header(headers, EventTopic.DEAD_LETTER_HEADER);
        if (mark != null) {
            DeadLetterMark read = DeadLetterMark.read(mark);
            return deadLetter(read.reason(), read.detail());
        }
        if (header(headers, EventTopic.CLOUD_EVENT_HEADER) != null) {
            return fate(record, event.sent().read(CloudEventRecord.read(record)));
        }
        byte @Nullable [] value = record.value();
        return value == null ? deadLetter(VALUE_MISSING, "the record has no value") : read(record, value);
    }

    /**
     * Remembers a record whose fate was decided before.
     *
     * @return why that cannot be done, if it cannot: whether it is an event, and which, only a newer Millrace knows
     */
    public Optional<Fate.UnknownVersion> recall(ConsumerRecord<byte[], byte[]> record) {
        return read(record) instanceof Fate.UnknownVersion unknown ? Optional.of(unknown) : Optional.empty();
    }

    private Fate read(ConsumerRecord<byte[], byte[]> record, byte[] value) {
        EventSlices sent = event.sent();
        return switch (mediaType(header(record.headers(), EventTopic.CONTENT_TYPE_HEADER))) {
            case EventTopic.PROTOBUF -> fate(record, sent.readProtobuf(value));
            case EventTopic.JSON -> fate(record, sent.read(EventJson.parse(value)));
            case EventTopic.CLOUD_EVENT -> fate(record, sent.read(CloudEventJson.parse(value)));
            default ->
                deadLetter(
                        CONTENT_TYPE_UNSUPPORTED,
                        "the header " + EventTopic.CONTENT_TYPE_HEADER + " names an unknown form");
        };
    }

    private Fate fate(ConsumerRecord<byte[], byte[]> record, Optional<InvalidEvent> invalid) {
        return invalid.isPresent()
                ? deadLetter(invalid.get().code().wire(), invalid.get().detail())
                : place(record);
    }

    private Fate place(ConsumerRecord<byte[], byte[]> record) {
        EventSlices sent = event.sent();
        long timestamp = sent.hasTimestamp() ? sent.timestampMillis() : record.timestamp();
        if (timestamp - record.timestamp() > skewMaxMillis || timestamp > TIMESTAMP_MAX_MILLIS) {
            return deadLetter(
                    InvalidEvent.Code.TIMESTAMP_TOO_FAR_AHEAD.wire(),
                    "timestamp is more than " + terms.timestampSkewMax() + " ahead of its receipt");
        }
        event.setTimestampMillis(timestamp);
        if (sent.hasId()) {
            event.setId(sent.idMostSignificantBits(), sent.idLeastSignificantBits());
        } else {
            EventId id = EventId.atPosition(terms.logId(), record.partition(), record.offset());
            event.setId(id.mostSignificantBits(), id.leastSignificantBits());
        }
        return judge(record);
    }

    private Fate judge(ConsumerRecord<byte[], byte[]> record) {
        DuplicateWindow.Verdict verdict = window.add(
                event.tenant(),
                event.idMostSignificantBits(),
                event.idLeastSignificantBits(),
                !event.sent().idText().isEmpty(),
                record.offset(),
                record.timestamp());
        return switch (verdict) {
            case FIRST -> stored;
            case DUPLICATE -> DUPLICATE;
            case UNKNOWN -> UNJUDGEABLE;
        };
    }

    private DeadLetter deadLetter(String reason, String detail) {
        return new DeadLetter(event.tenant().name(), reason, detail);
    }

    private static byte @Nullable [] header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }

    /** Without its parameters; a record that names none is Protobuf. */
    private static String mediaType(byte @Nullable [] header) {
        if (header == null) {
            return EventTopic.PROTOBUF;
        }
        String contentType = new String(header, StandardCharsets.UTF_8);
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
