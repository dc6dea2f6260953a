package io.millrace.analytics.unique;

import java.nio.ByteBuffer;

/**
 * What stands before the hashes in ClickHouse's form of a {@code uniq} state: the skip degree in one byte, and how many
 * hashes follow, as a variable-length integer. They follow in any order, 4 bytes each, lowest byte first.
 *
 * @param skipDegree how many lowest bits are 0 in all hashes
 * @param hashes how many there are
 */
record UniqStateHead(int skipDegree, int hashes) {
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;
    /** Of a number of up to 35 bits. */
    private static final int VARINT_BYTES_MAX = 5;

    /**
     * Reads a head and holds it against what follows, so that a number that is wrong costs no memory.
     *
     * @param in a whole state; stands on the first hash afterwards
     * @throws UniqStateException when there can be no such state, or it has other hashes than those that follow
     */
    static UniqStateHead read(ByteBuffer in) {
        int skipDegree = Byte.toUnsignedInt(nextByte(in));
        if (skipDegree > UniqState.SKIP_DEGREE_MAX) {
            throw new UniqStateException(
                    "its skip degree is " + skipDegree + ", at most " + UniqState.SKIP_DEGREE_MAX + " is possible");
        }
        long hashes = readVarint(in);
        if (hashes > UniqState.HASHES_MAX) {
            throw new UniqStateException("it claims " + hashes + " hashes, at most " + UniqState.HASHES_MAX + " fit");
        }
        long surplusBytes = in.remaining() - hashes * Integer.BYTES;
        if (surplusBytes < 0) {
            throw new UniqStateException("it is cut short: its hashes lack " + -surplusBytes + " bytes");
        }
        if (surplusBytes > 0) {
            throw new UniqStateException("its last hash is followed by " + surplusBytes + " bytes");
        }
        return new UniqStateHead(skipDegree, (int) hashes);
    }

    /** {@return how many bytes the whole state has} */
    int stateBytes() {
        int varintBytes = (31 - Integer.numberOfLeadingZeros(hashes | 1)) / 7 + 1;
        return 1 + varintBytes + hashes * Integer.BYTES;
    }

    void write(ByteBuffer out) {
        out.put((byte) skipDegree);
        int rest = hashes;
        while (rest > SEVEN_BITS) {
            out.put((byte) ((rest & SEVEN_BITS) | MORE));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long readVarint(ByteBuffer in) {
        long value = 0;
        for (int i = 0; i < VARINT_BYTES_MAX; i++) {
            byte next = nextByte(in);
            value |= (long) (next & SEVEN_BITS) << (7 * i);
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new UniqStateException("its number of hashes has more than " + VARINT_BYTES_MAX + " bytes");
    }

    private static byte nextByte(ByteBuffer in) {
        if (!in.hasRemaining()) {
            throw new UniqStateException("it is cut short before its hashes");
        }
        return in.get();
    }
}
