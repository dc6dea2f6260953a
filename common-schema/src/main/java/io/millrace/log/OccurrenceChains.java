package io.millrace.log;

/**
 * Finds the last occurrence of an event in the ring: a hash table of chains from the newest occurrence to the oldest.
 *
 * <p>Nothing is taken out when it leaves the ring, as in the chains of LZ77 coders: a link that leads further back than N
 * offsets is the end of its chain, and so is one that does not lead further back than the one before it, which happens
 * when a very old link is taken for a young one. What a link leads to is always compared whole, so an old link can cost a
 * look and never a wrong answer.
 */
final class OccurrenceChains {
    static final int NONE = -1;

    private static final int HEADS_MIN = 64;

    /** Links are told from old ones by the low bits of their offsets, these many more than N has. */
    private static final int SPARE_BITS = 3;

    private final OccurrenceRing ring;
    private final EventKey rehashed;

    /**
     * Of a link these bits are the offset's. Of those above, which come from the hash so that most events that are passed
     * by need no comparison, the lowest is 1, so that no link is 0.
     */
    private final int offsetMask;

    private int[] heads = new int[HEADS_MIN];

    /** @param key by whose hash the chains are made, and which is overwritten when their number grows */
    OccurrenceChains(OccurrenceRing ring, EventKey key) {
        this.ring = ring;
        this.rehashed = key;
        int offsetBits = Integer.SIZE - Integer.numberOfLeadingZeros(ring.slots()) + SPARE_BITS;
        this.offsetMask = -1 >>> (Integer.SIZE - Math.min(offsetBits, Integer.SIZE - 1));
    }

    /** Takes the occurrence of the event among the N offsets before out of its chain. {@return its slot or NONE} */
    int take(EventKey key, long hash, long offset) {
        int newerSlot = NONE;
        int distance = 0;
        int link = heads[(int) hash & (heads.length - 1)];
        while (link != 0) {
            int further = ((int) offset - link) & offsetMask;
            if (further <= distance || further > ring.slots()) {
                return NONE;
            }
            distance = further;
            int slot = slotBefore(offset, distance);
            if (((link ^ tag(hash)) & ~offsetMask) == 0 && ring.holds(slot, key)) {
                unlink(slot, newerSlot, hash);
                return slot;
            }
            newerSlot = slot;
            link = ring.olderLink(slot);
        }
        return NONE;
    }

    /** Puts the occurrence at the offset, newer than all others, in front of its chain. */
    void add(long hash, long offset) {
        int head = (int) hash & (heads.length - 1);
        ring.setOlderLink(ring.slot(offset), heads[head]);
        heads[head] = ((int) offset & offsetMask) | tag(hash);
    }

    /** Makes room for so many events, the newest at the offset; no longer chains than one event on average. */
    void fit(int events, long offset) {
        if (events > heads.length) {
            heads = new int[2 * heads.length];
            for (long at = Math.max(0, offset - ring.slots() + 1); at <= offset; at++) {
                if (ring.owner(ring.slot(at)) != OccurrenceRing.NO_OWNER) {
                    ring.read(ring.slot(at), rehashed);
                    add(rehashed.hash(), at);
                }
            }
        }
    }

    void clear() {
        heads = new int[HEADS_MIN];
    }

    long bytes() {
        return (long) heads.length * Integer.BYTES;
    }

    private int slotBefore(long offset, int distance) {
        int slot = ring.slot(offset) - distance;
        return slot < 0 ? slot + ring.slots() : slot;
    }

    private void unlink(int slot, int newerSlot, long hash) {
        if (newerSlot == NONE) {
            heads[(int) hash & (heads.length - 1)] = ring.olderLink(slot);
        } else {
            ring.setOlderLink(newerSlot, ring.olderLink(slot));
        }
    }

    private int tag(long hash) {
        return ((int) (hash >>> Integer.SIZE) & ~offsetMask) | (offsetMask + 1);
    }
}
