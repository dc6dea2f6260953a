package io.millrace.event;

import java.nio.ByteBuffer;
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
        return text.isEmpty()
                ? ByteBuffer.allocate(16)
                        .putLong(mostSignificantBits)
                        .putLong(leastSignificantBits)
                        .array()
                : text.getBytes(StandardCharsets.UTF_8);
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
        long high = 0;
        long low = 0;
        for (int i = 0; i < UUID_TEXT_LENGTH; i++) {
            char c = text.charAt(i);
            if (i == 8 || i == 13 || i == 18 || i == 23) {
                if (c != '-') {
                    return null;
                }
            } else if (!HexFormat.isHexDigit(c)) {
                return null;
            } else if (i < 18) {
                high = high << 4 | HexFormat.fromHexDigit(c);
            } else {
                low = low << 4 | HexFormat.fromHexDigit(c);
            }
        }
        return new EventId(high, low, "");
    }
}
