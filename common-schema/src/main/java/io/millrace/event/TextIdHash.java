package io.millrace.event;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The 128 bits of ids that are texts and no UUIDs: a version 8 UUID (RFC 9562) of the first 122 bits of the SHA-256. */
final class TextIdHash {
    private static final int DIGEST_BYTES = 32;

    private final MessageDigest sha256;
    private final byte[] digest = new byte[DIGEST_BYTES];
    private final ByteBuffer bits = ByteBuffer.wrap(digest);

    TextIdHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes the UTF-8 bytes of a text; its bits can be asked for until the next. */
    void hash(byte[] bytes, int from, int length) {
        try {
            sha256.update(bytes, from, length);
            sha256.digest(digest, 0, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes are enough for SHA-256", e);
        }
    }

    long mostSignificantBits() {
        return (bits.getLong(0) & ~0xF000L) | 0x8000L;
    }

    long leastSignificantBits() {
        return (bits.getLong(Long.BYTES) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    }
}
