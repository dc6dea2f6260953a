package io.millrace.event;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.millrace.event.InvalidEvent.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The Protobuf form of an event, {@code millrace/v1/event.proto}, written with Protobuf's own streams and no generated
 * classes: the consumer reads these fields straight into columns, so the field numbers live here once. A test holds
 * this class against protoc's reading of the file.
 */
public final class EventProtobuf {
    public static final int EVENT_UUID = 1;
    public static final int EVENT_ID = 2;
    public static final int EVENT_TYPE = 3;
    public static final int TIMESTAMP_MS = 4;
    public static final int USER_ID = 5;
    public static final int SESSION_ID = 6;
    public static final int PRODUCT_ID = 7;
    public static final int ORDER_AMOUNT_MICROS = 8;
    public static final int PROPERTIES = 9;
    public static final int WEIGHT = 10;

    private static final byte[] NOTHING = {};
    private static final int UUID_BYTES = 16;

    /** Of a UTF-16 unit. */
    private static final int UTF8_BYTES_MAX = 3;

    /** The UUID, the numbers, and the tags and lengths of all fields: 6 bytes for each text, 11 for a number. */
    private static final int REST_BYTES_MAX = 128;

    private EventProtobuf() {}

    /** The bytes of the event; those of equal events are equal. */
    public static byte[] encode(Event event) {
        byte[] properties =
                event.properties() == null ? NOTHING : utf8(event.properties().json());
        byte[] room = new byte[bytesMax(event) + properties.length];
        CodedOutputStream out = CodedOutputStream.newInstance(room);
        try {
            write(event, properties, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Arrays.copyOf(room, out.getTotalBytesWritten());
    }

    /** What an event without properties cannot be larger than: looking how large it is would cost as much as writing it. */
    private static int bytesMax(Event event) {
        int characters = event.type().length()
                + event.userId().length()
                + event.sessionId().length()
                + event.productId().length()
                + (event.id() == null ? 0 : event.id().text().length());
        return REST_BYTES_MAX + UTF8_BYTES_MAX * characters;
    }

    /** Reads an event. Fields it does not know are passed over, as Protobuf demands. */
    public static ParsedEvent decode(byte[] bytes) {
        if (bytes.length > EventLimits.EVENT_BYTES_MAX) {
            return new InvalidEvent(
                    Code.EVENT_TOO_LARGE, "the event is larger than " + EventLimits.EVENT_BYTES_MAX + " bytes");
        }
        try {
            return new Reader().read(CodedInputStream.newInstance(bytes));
        } catch (InvalidEventException e) {
            return e.problem();
        } catch (InvalidProtocolBufferException e) {
            return new InvalidEvent(Code.MALFORMED_PROTOBUF, "not a valid Protobuf message");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static void write(Event event, byte[] properties, CodedOutputStream out) throws IOException {
        EventId id = event.id();
        if (id != null && id.text().isEmpty()) {
            out.writeByteArray(EVENT_UUID, id.canonicalBytes());
        } else if (id != null) {
            writeIfPresent(out, EVENT_ID, utf8(id.text()));
        }
        writeIfPresent(out, EVENT_TYPE, utf8(event.type()));
        if (event.timestamp() != null) {
            out.writeInt64(TIMESTAMP_MS, event.timestamp().toEpochMilli());
        }
        writeIfPresent(out, USER_ID, utf8(event.userId()));
        writeIfPresent(out, SESSION_ID, utf8(event.sessionId()));
        writeIfPresent(out, PRODUCT_ID, utf8(event.productId()));
        if (event.orderAmount() != null) {
            out.writeSInt64(ORDER_AMOUNT_MICROS, event.orderAmount().micros());
        }
        writeIfPresent(out, PROPERTIES, properties);
        if (event.weight() != 1) {
            out.writeUInt32(WEIGHT, event.weight());
        }
    }

    private static void writeIfPresent(CodedOutputStream out, int field, byte[] utf8) throws IOException {
        if (utf8.length > 0) {
            out.writeByteArray(field, utf8);
        }
    }

    /** As a whole, where {@code writeString} would go character by character. */
    private static byte[] utf8(String text) {
        return text.isEmpty() ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The fields as they come in; of a field that stands twice the last counts, as Protobuf demands. */
    private static final class Reader {
        private @Nullable EventId id;
        private String type = "";
        private @Nullable Instant timestamp;
        private String userId = "";
        private String sessionId = "";
        private String productId = "";
        private @Nullable Amount orderAmount;
        private @Nullable EventProperties properties;
        private int weight = 1;

        Event read(CodedInputStream in) throws IOException {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (!set(tag, in)) {
                    in.skipField(tag);
                }
            }
            return new Event(id, type, timestamp, userId, sessionId, productId, orderAmount, properties, weight);
        }

        private boolean set(int tag, CodedInputStream in) throws IOException {
            return switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> setBytes(WireFormat.getTagFieldNumber(tag), in);
                case WireFormat.WIRETYPE_VARINT -> setNumber(WireFormat.getTagFieldNumber(tag), in);
                default -> false;
            };
        }

        private boolean setBytes(int field, CodedInputStream in) throws IOException {
            switch (field) {
                case EVENT_UUID -> id = uuid(in.readByteArray());
                case EVENT_ID -> id = EventId.of(in.readStringRequireUtf8());
                case EVENT_TYPE -> type = in.readStringRequireUtf8();
                case USER_ID -> userId = in.readStringRequireUtf8();
                case SESSION_ID -> sessionId = in.readStringRequireUtf8();
                case PRODUCT_ID -> productId = in.readStringRequireUtf8();
                case PROPERTIES -> properties = properties(in.readStringRequireUtf8());
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean setNumber(int field, CodedInputStream in) throws IOException {
            switch (field) {
                case TIMESTAMP_MS -> timestamp = timestamp(in.readInt64());
                case ORDER_AMOUNT_MICROS -> orderAmount = new Amount(in.readSInt64());
                case WEIGHT -> weight = weight(in.readUInt32());
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static EventId uuid(byte[] bytes) {
            if (bytes.length != UUID_BYTES) {
                throw new InvalidEventException(Code.EVENT_ID_INVALID, "event_uuid must have 16 bytes");
            }
            ByteBuffer bits = ByteBuffer.wrap(bytes);
            return EventId.of(new UUID(bits.getLong(), bits.getLong()));
        }

        private static Instant timestamp(long epochMillis) {
            try {
                return Instant.ofEpochMilli(epochMillis);
            } catch (DateTimeException e) {
                throw new InvalidEventException(Code.TIMESTAMP_OUT_OF_RANGE, "timestamp is beyond any calendar");
            }
        }

        private static @Nullable EventProperties properties(String json) {
            return json.isEmpty() ? null : EventProperties.of(json);
        }

        private static int weight(int unsigned) {
            return unsigned == 0 ? 1 : unsigned;
        }
    }
}
