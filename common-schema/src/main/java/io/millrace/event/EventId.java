package io.millrace.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an event within its tenant, in canonical form: a UUID is equal to itself however it was spelled;
 * any other text is taken as it is.
 *
 * <p>Every id has 128 bits, for keys and fingerprints of fixed width: a UUID's own, or for text a version 8 UUID (RFC
 * 9562) made of the first 122 bits of its SHA-256.
 *
 * @param mostSignificantBits of the 128 bits
 * @param leastSignificantBits of the 128 bits
 * @param text the id as sent when it is not a UUID, else empty
 */
public record EventId(long mostSignificantBits, long leastSignificantBits, String text) {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int UUID_TEXT_LENGTH = 36;

    public EventId {
        if (!text.isEmpty()) {
            EventLimits.requireUtf8Bytes(InvalidEvent.Code.EVENT_ID_INVALID, text, EventLimits.EVENT_ID_BYTES_MAX);
        }
    }

    /** The id that this text names: a UUID in its 36-character form, any case, or 1 to 128 bytes of anything else. */
    public static EventId of(String text) {
        if (text.isEmpty()) {
            throw new InvalidEventException(InvalidEvent.Code.EVENT_ID_INVALID, "event_id is empty");
        }
        EventId uuid = ofUuid(text);
        return uuid == null ? ofText(text) : uuid;
    }

    public static EventId of(UUID uuid) {
        return new EventId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), "");
    }

    /**
     * The id of a record that brought none: where it lies. A version 8 UUID of log id (32 bits), partition (16 bits) and
     * offset (62 bits), so that it can be read back.
     */
    public static EventId atPosition(int logId, int partition, long offset) {
        long high = ((long) logId << 32) | ((long) (partition & 0xFFFF) << 16) | 0x8000L;
        return new EventId(high, (offset & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L, "");
    }

    public UUID uuid() {
        return new UUID(mostSignificantBits, leastSignificantBits);
    }

    /** The 16 bytes of the UUID, or the UTF-8 bytes of the text: what the partition key is made of. */
    public byte[] canonicalBytes() {
        if (!text.isEmpty()) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[2 * Long.BYTES];
        LONG.set(bytes, 0, mostSignificantBits);
        LONG.set(bytes, Long.BYTES, leastSignificantBits);
        return bytes;
    }

    /** The canonical text: a UUID in lower case, or the text as sent. */
    @Override
    public String toString() {
        return text.isEmpty() ? uuid().toString() : text;
    }

    private static EventId ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TextIdHash hash = new TextIdHash();
        hash.hash(bytes, 0, bytes.length);
        return new EventId(hash.mostSignificantBits(), hash.leastSignificantBits(), text);
    }

    /** {@return the one of a UUID's text, null if it is none} */
    private static @Nullable EventId ofUuid(String text) {
        if (text.length() != UUID_TEXT_LENGTH) {
            return null;
        }
        if (text.charAt(8) != '-' || text.charAt(13) != '-' || text.charAt(18) != '-' || text.charAt(23) != '-') {
            return null;
        }
        long first = hex(text, 0, 8);
        long second = hex(text, 9, 13);
        long third = hex(text, 14, 18);
        long fourth = hex(text, 19, 23);
        long fifth = hex(text, 24, UUID_TEXT_LENGTH);
        if ((first | second | third | fourth | fifth) < 0) {
            return null;
        }
        return new EventId(first << 32 | second << 16 | third, fourth << 48 | fifth, "");
    }

    /** {@return the number of up to 15 hexadecimal digits, negative if they are none} */
    private static long hex(String text, int from, int to) {
        long number = 0;
        int wrong = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1;
            wrong |= digit;
            number = number << 4 | digit;
        }
        return wrong < 0 ? wrong : number;
    }
}
