package io.millrace.analytics.unique;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/**
 * A set of users as the state of ClickHouse's aggregate function {@code uniq} keeps it: what ClickHouse wrote can be
 * read, added to, merged, counted and written again, each with the outcome ClickHouse has.
 *
 * <p>It holds 32-bit hashes, up to {@value #HASHES_MAX}. One more, and those not divisible by two are dropped and no
 * longer taken in; then those not divisible by four, and so on. What it holds in the end depends only on which users
 * came, not on their order or their grouping into states that were merged, so that a replay changes nothing.
 *
 * <p>After {@code UniquesHashSet.h} of ClickHouse, which names the algorithm: BJKST, after Bar-Yossef, Jayram, Kumar,
 * Sivakumar and Trevisan, "Counting Distinct Elements in a Data Stream" (2002). {@link UniqCount} has the estimate. Not
 * safe for use by several threads.
 */
public final class UniqState {
    /** Most hashes of a state. */
    static final int HASHES_MAX = 1 << 16;
    /** Most often that the hashes are halved; above it, all 32-bit hashes there are would not be too many. */
    static final int SKIP_DEGREE_MAX = 16;

    private static final int TABLE_MIN = 16;
    /** The lowest bits are the same in all hashes once half of them were dropped, and would leave places unused. */
    private static final int PLACE_SHIFT = 15;

    /** Open addressing with linear probing, at most half full; 0 is a free place. */
    private int[] table;
    /** The hash 0, which has no place in the table. */
    private boolean hasZero;

    private int hashes;
    private int skipDegree;

    /** A state without users. */
    public UniqState() {
        this(0, 0);
    }

    private UniqState(int skipDegree, int hashesExpected) {
        this.skipDegree = skipDegree;
        this.table = new int[Math.max(TABLE_MIN, 2 * Integer.highestOneBit(Math.max(1, 2 * hashesExpected - 1)))];
    }

    /**
     * Reads a state, as {@code SELECT base64Encode(CAST(uniqMergeState(users) AS String))} gives it. ClickHouse's
     * client cannot read the type itself, and reads strings as UTF-8.
     *
     * @param text one state and nothing else, in Base64
     * @throws UniqStateException when it is not
     */
    static UniqState ofBase64(String text) {
        try {
            return of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new UniqStateException("it is not Base64: " + e.getMessage());
        }
    }

    /**
     * Reads a state in ClickHouse's form.
     *
     * @param bytes one state and nothing else
     * @throws UniqStateException when they are not
     */
    static UniqState of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        UniqStateHead head = UniqStateHead.read(in);
        UniqState state = new UniqState(head.skipDegree(), head.hashes());
        while (in.hasRemaining()) {
            int hash = in.getInt();
            if (!state.takes(hash)) {
                throw new UniqStateException("a hash is not divisible by two to the skip degree " + head.skipDegree());
            }
            state.insert(hash);
        }
        if (state.hashes != head.hashes()) {
            throw new UniqStateException("of " + head.hashes() + " hashes only " + state.hashes + " differ");
        }
        return state;
    }

    /** {@return the state in ClickHouse's form} */
    byte[] toBytes() {
        UniqStateHead head = new UniqStateHead(skipDegree, hashes);
        byte[] bytes = new byte[head.stateBytes()];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        head.write(out);
        if (hasZero) {
            out.putInt(0);
        }
        for (int hash : table) {
            if (hash != 0) {
                out.putInt(hash);
            }
        }
        return bytes;
    }

    /**
     * Adds a user.
     *
     * @param userHash of {@link UserHash}
     */
    void add(long userHash) {
        addHash(hash(userHash));
    }

    /** {@return what of a user's {@linkplain UserHash hash} is looked at} */
    public static int hash(long userHash) {
        return (int) mixed(userHash);
    }

    /**
     * Adds a user.
     *
     * @param hash of {@link #hash}
     */
    public void addHash(int hash) {
        if (takes(hash)) {
            insert(hash);
            makeRoom();
        }
    }

    /** Adds all users of another state, which stays as it is. */
    void merge(UniqState other) {
        int[] added = other.table;
        if (other.skipDegree > skipDegree || added.length > table.length) {
            skipDegree = Math.max(skipDegree, other.skipDegree);
            rebuild(Math.max(table.length, added.length));
        }
        if (other.hasZero) {
            insert(0);
            makeRoom();
        }
        for (int hash : added) {
            if (hash != 0 && takes(hash)) {
                insert(hash);
                makeRoom();
            }
        }
    }

    /** {@return what it holds, in ascending order} */
    int[] sortedHashes() {
        int[] sorted = new int[hashes];
        int next = 0;
        if (hasZero) {
            sorted[next++] = 0;
        }
        for (int hash : table) {
            if (hash != 0) {
                sorted[next++] = hash;
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /** {@return how many users were added, as ClickHouse would say, and how far that may be off} */
    UniqCount count() {
        return UniqCount.of(hashes, skipDegree);
    }

    private boolean takes(int hash) {
        return Integer.numberOfTrailingZeros(hash) >= skipDegree;
    }

    private void insert(int hash) {
        if (hash == 0) {
            hashes += hasZero ? 0 : 1;
            hasZero = true;
            return;
        }
        int mask = table.length - 1;
        int place = (hash >>> PLACE_SHIFT) & mask;
        while (table[place] != 0) {
            if (table[place] == hash) {
                return;
            }
            place = (place + 1) & mask;
        }
        table[place] = hash;
        hashes++;
    }

    private void makeRoom() {
        while (hashes > HASHES_MAX) {
            skipDegree++;
            rebuild(table.length);
        }
        if (hashes > table.length / 2) {
            rebuild(2 * table.length);
        }
    }

    /** Moves the hashes that are still taken to a new table. */
    private void rebuild(int places) {
        int[] old = table;
        table = new int[places];
        hashes = hasZero ? 1 : 0;
        for (int hash : old) {
            if (hash != 0 && takes(hash)) {
                insert(hash);
            }
        }
    }

    /** {@code intHash64} of ClickHouse, which is the finalizer of MurmurHash3. */
    private static long mixed(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
