package io.millrace.event;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;
import static com.google.protobuf.WireFormat.WIRETYPE_VARINT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the Protobuf form into slices when it is as we write it: known fields, each once, all valid. What this accepts
 * {@link EventProtobuf#decode} accepts, and both find the same; a property test holds them together. To anything else it
 * says no, and {@link EventProtobuf} has the word.
 */
final class ProtobufSlices {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int TYPE_BITS = 3;
    private static final int EVENT_UUID = (EventProtobuf.EVENT_UUID << TYPE_BITS) | WIRETYPE_LENGTH_DELIMITED;
    private static final int EVENT_ID = (EventProtobuf.EVENT_ID << TYPE_BITS) | WIRETYPE_LENGTH_DELIMITED;
    private static final int EVENT_TYPE = (EventProtobuf.EVENT_TYPE << TYPE_BITS) | WIRETYPE_LENGTH_DELIMITED;
    private static final int TIMESTAMP_MS = (EventProtobuf.TIMESTAMP_MS << TYPE_BITS) | WIRETYPE_VARINT;
    private static final int USER_ID = (EventProtobuf.USER_ID << TYPE_BITS) | WIRETYPE_LENGTH_DELIMITED;
    private static final int SESSION_ID = (EventProtobuf.SESSION_ID << TYPE_BITS) | WIRETYPE_LENGTH_DELIMITED;
    private static final int PRODUCT_ID = (EventProtobuf.PRODUCT_ID << TYPE_BITS) | WIRETYPE_LENGTH_DELIMITED;
    private static final int ORDER_AMOUNT = (EventProtobuf.ORDER_AMOUNT_MICROS << TYPE_BITS) | WIRETYPE_VARINT;
    private static final int PROPERTIES = (EventProtobuf.PROPERTIES << TYPE_BITS) | WIRETYPE_LENGTH_DELIMITED;
    private static final int WEIGHT = (EventProtobuf.WEIGHT << TYPE_BITS) | WIRETYPE_VARINT;

    private static final int UUID_BYTES = 16;
    private static final int UUID_TEXT_BYTES = 36;
    private static final long TIMESTAMP_MIN_MILLIS = EventLimits.TIMESTAMP_MIN.toEpochMilli();
    private static final long TIMESTAMP_MAX_MILLIS = EventLimits.TIMESTAMP_MAX.toEpochMilli();

    private final EventSlices event;
    private final PropertyScanner propertyScanner = new PropertyScanner();
    private final TextIdHash textIdHash = new TextIdHash();
    private byte[] bytes = {};
    private int at;
    /** What was read last: a varint's value, or a length that is there. */
    private long number;

    ProtobufSlices(EventSlices event) {
        this.event = event;
    }

    /** Fills the event. {@return whether it is one, as far as can be told here} */
    boolean read(byte[] message) {
        event.clear();
        bytes = message;
        at = 0;
        int seen = 0;
        while (at < message.length) {
            int tag = message[at++];
            int field = 1 << (tag >>> TYPE_BITS);
            if ((seen & field) != 0 || !field(tag)) {
                return false;
            }
            seen |= field;
        }
        return message.length <= EventLimits.EVENT_BYTES_MAX && isTypeValid();
    }

    private boolean field(int tag) {
        return switch (tag) {
            case EVENT_UUID -> uuid();
            case EVENT_ID -> textId();
            // Of a longer one the characters would have to be counted.
            case EVENT_TYPE -> text(event.type, EventLimits.TYPE_CHARACTERS_MAX);
            case TIMESTAMP_MS -> timestamp();
            case USER_ID -> text(event.userId, EventLimits.IDENTIFIER_BYTES_MAX);
            case SESSION_ID -> text(event.sessionId, EventLimits.IDENTIFIER_BYTES_MAX);
            case PRODUCT_ID -> text(event.productId, EventLimits.IDENTIFIER_BYTES_MAX);
            case ORDER_AMOUNT -> orderAmount();
            case PROPERTIES -> properties();
            case WEIGHT -> weight();
            default -> false;
        };
    }

    private boolean uuid() {
        if (event.hasId || !length() || number != UUID_BYTES) {
            return false;
        }
        event.hasId = true;
        event.idMostSignificantBits = (long) LONG.get(bytes, at);
        event.idLeastSignificantBits = (long) LONG.get(bytes, at + Long.BYTES);
        at += UUID_BYTES;
        return true;
    }

    private boolean textId() {
        TextSlice id = event.idText;
        if (event.hasId || !text(id, EventLimits.EVENT_ID_BYTES_MAX) || id.isEmpty()) {
            return false;
        }
        event.hasId = true;
        if (id.length() == UUID_TEXT_BYTES) {
            // It may spell a UUID.
            EventId read = EventId.of(new String(bytes, id.from(), id.length(), StandardCharsets.UTF_8));
            event.idMostSignificantBits = read.mostSignificantBits();
            event.idLeastSignificantBits = read.leastSignificantBits();
            id.set(read.text());
        } else {
            textIdHash.hash(bytes, id.from(), id.length());
            event.idMostSignificantBits = textIdHash.mostSignificantBits();
            event.idLeastSignificantBits = textIdHash.leastSignificantBits();
        }
        return true;
    }

    private boolean timestamp() {
        boolean read = varint() && number >= TIMESTAMP_MIN_MILLIS && number <= TIMESTAMP_MAX_MILLIS;
        event.hasTimestamp = true;
        event.timestampMillis = number;
        return read;
    }

    private boolean orderAmount() {
        boolean read = varint();
        event.hasOrderAmount = true;
        // Zigzag: the sign is the lowest bit.
        event.orderAmountMicros = (number >>> 1) ^ -(number & 1);
        return read && event.orderAmountMicros <= Amount.MICROS_MAX && event.orderAmountMicros >= -Amount.MICROS_MAX;
    }

    private boolean weight() {
        boolean read = varint() && number >= 0 && number <= EventLimits.WEIGHT_MAX;
        event.weight = Math.max(1, (int) number);
        return read;
    }

    private boolean properties() {
        TextSlice json = event.propertiesJson;
        return text(json, EventLimits.EVENT_BYTES_MAX)
                && (json.isEmpty()
                        || propertyScanner.scan(bytes, json.from(), json.from() + json.length(), event.properties));
    }

    private boolean text(TextSlice into, int bytesMax) {
        if (!length() || number > bytesMax) {
            return false;
        }
        into.set(bytes, at, (int) number);
        at += (int) number;
        return Utf8.isValid(bytes, into.from(), at);
    }

    private boolean length() {
        return varint() && number >= 0 && number <= bytes.length - at;
    }

    private boolean varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && at < bytes.length; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                number = value;
                return true;
            }
        }
        return false;
    }

    private boolean isTypeValid() {
        TextSlice type = event.type;
        for (int i = type.from(); i < type.from() + type.length(); i++) {
            int unit = bytes[i];
            boolean control = (unit >= 0 && unit < ' ') || unit == 0x7F;
            // The two-byte characters that start so are controls up to 0x9F, and others up to 0xBF.
            if (control || (unit == (byte) 0xC2 && (bytes[i + 1] & 0xFF) <= 0x9F)) {
                return false;
            }
        }
        return !type.isEmpty();
    }
}
