package io.millrace.analytics.unique;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * How many users a state stands for. RATIONALE.md has where the bounds come from.
 *
 * @param users the number, to the unit what {@code uniqMerge} of ClickHouse says of the same state
 * @param exact whether fewer than one of a million states of its size are off at all; never above {@value #EXACT_MAX}
 *     users, as two of them may share a 32-bit hash
 * @param relativeErrorMax how far it is off at most, as a part of the number, in at least 99 of 100 states of its size;
 *     0 when exact
 */
public record UniqCount(long users, boolean exact, double relativeErrorMax) {
    /** Where n hashes stand for more than n users with probability n(n + 1)/2^33 < 10^-6. */
    static final int EXACT_MAX = 92;
    /** Before thinning: no user is missing of up to 9,090, and at most 7 of {@link UniqState#HASHES_MAX}. */
    static final double COLLISIONS_ERROR_MAX = 1.1e-4;
    /** After thinning, which leaves 32,768 hashes and more: 2.7 standard errors of the least accurate state. */
    static final double THINNED_ERROR_MAX = 0.015;
    /** Beyond it so many of the hashes there are would be taken that the error grows. */
    static final long THINNED_USERS_MAX = 500_000_000;

    private static final double HASH_SPACE = 0x1p32;

    /** The count of a state of so many hashes. */
    static UniqCount of(int hashes, int skipDegree) {
        if (skipDegree == 0) {
            boolean exact = hashes <= EXACT_MAX;
            return new UniqCount(hashes, exact, exact ? 0 : COLLISIONS_ERROR_MAX);
        }
        long users = estimate(hashes, skipDegree);
        return new UniqCount(users, false, thinnedErrorMax(users));
    }

    /**
     * Each hash kept stands for 2^skipDegree. ClickHouse fills up the lowest bits so that the number does not look
     * round, and then takes into account how many users share a hash when that many hashes are taken.
     */
    private static long estimate(int hashes, int skipDegree) {
        long lowBits = crc32c(hashes) & ((1L << skipDegree) - 1);
        double taken = Math.min((double) (((long) hashes << skipDegree) + lowBits), HASH_SPACE - 1);
        return Math.round(HASH_SPACE * (Math.log(HASH_SPACE) - Math.log(HASH_SPACE - taken)));
    }

    /** The more hashes are taken, the more users does one hash more stand for. */
    private static double thinnedErrorMax(long users) {
        double load = (double) users / HASH_SPACE;
        return users <= THINNED_USERS_MAX ? THINNED_ERROR_MAX : THINNED_ERROR_MAX * Math.expm1(load) / load;
    }

    /** Of the number as 8 bytes, lowest first, as the processor's instruction has it: without the last inversion. */
    private static long crc32c(long value) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .flip());
        return crc.getValue() ^ 0xffffffffL;
    }
}
