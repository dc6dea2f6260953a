package io.millrace.analytics.unique;

import io.millrace.kit.installation.UniqueHashKeys;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The hash that users are counted by: SipHash-2-4 of the id's UTF-8 bytes under the installation's key, equal to
 * {@code sipHash64Keyed((key0, key1), user_id)} in ClickHouse's views.
 *
 * <p>After J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF" (2012); ClickHouse's
 * {@code SipHash.h} changes neither the algorithm nor the order of the key's halves. Immutable; allocates nothing.
 */
public final class UserHash {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // The start values spell "somepseudorandomlygeneratedbytes".
    private final long start0;
    private final long start1;
    private final long start2;
    private final long start3;

    /** The hash under an installation's key. */
    public UserHash(UniqueHashKeys keys) {
        start0 = 0x736f6d6570736575L ^ keys.key0();
        start1 = 0x646f72616e646f6dL ^ keys.key1();
        start2 = 0x6c7967656e657261L ^ keys.key0();
        start3 = 0x7465646279746573L ^ keys.key1();
    }

    /**
     * The hash of one id. The empty id has one too, but stands for no user: the views do not count it.
     *
     * @param bytes holds the id in UTF-8
     * @param offset where it begins
     * @param length of it, in bytes
     * @throws IndexOutOfBoundsException when it is not all within {@code bytes}
     */
    public long of(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int wholeWords = length >>> 3;
        long v0 = start0;
        long v1 = start1;
        long v2 = start2;
        long v3 = start3;
        // The whole words, the rest with the length, and two words of nothing, which are the paper's four last rounds.
        for (int i = 0; i < wholeWords + 3; i++) {
            long word = 0;
            if (i < wholeWords) {
                word = (long) WORD.get(bytes, offset + (i << 3));
            } else if (i == wholeWords) {
                word = lastWord(bytes, offset, length);
            } else if (i == wholeWords + 1) {
                v2 ^= 0xff;
            }
            v3 ^= word;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32) + v3;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /** What is left after the whole words, with the length's lowest byte on top. */
    private static long lastWord(byte[] bytes, int offset, int length) {
        long word = (long) length << 56;
        for (int i = 0; i < (length & 7); i++) {
            word |= (bytes[offset + (length & ~7) + i] & 0xffL) << (i << 3);
        }
        return word;
    }
}
