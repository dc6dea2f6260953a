package io.millrace.ingestion.door;

import io.millrace.event.EventId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids for events that came without one. */
final class EventIds {
    static final int IDEMPOTENCY_KEY_CHARACTERS_MAX = 255;

    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1," + IDEMPOTENCY_KEY_CHARACTERS_MAX + "}");
    private static final String DOMAIN = "millrace idempotency key 1";

    /** Two doors must never make the same id, or one of two events would count as the other's copy. */
    private final SecureRandom random = new SecureRandom();

    /**
     * Where a request's ids come from.
     *
     * @param idempotencyKey the header, or null
     * @return an id by the event's index in the request: the same one for the same key and index, else always a new one
     */
    IntFunction<EventId> forRequest(@Nullable String idempotencyKey, Instant now) {
        if (idempotencyKey == null) {
            return _ -> versionSeven(now);
        }
        if (!IDEMPOTENCY_KEY.matcher(idempotencyKey).matches()) {
            throw DoorProblems.idempotencyKeyInvalid().toException();
        }
        return index -> derived(idempotencyKey, index);
    }

    /** RFC 9562, section 5.7: 48 bits of time, so that neighbours in time are neighbours in storage, 74 of chance. */
    private EventId versionSeven(Instant now) {
        byte[] chance = new byte[10];
        random.nextBytes(chance);
        ByteBuffer bits = ByteBuffer.wrap(chance);
        long high = (now.toEpochMilli() << 16) | 0x7000L | (bits.getShort() & 0x0FFFL);
        long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return EventId.of(new UUID(high, low));
    }

    /** RFC 9562, section 5.8: 122 bits of a SHA-256 over key and index. The tenant plays no part: ids are within it. */
    private static EventId derived(String idempotencyKey, int index) {
        try {
            String text = DOMAIN + '\0' + idempotencyKey + '\0' + index;
            ByteBuffer bits =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            long high = (bits.getLong() & ~0xF000L) | 0x8000L;
            long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return EventId.of(new UUID(high, low));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
