package io.millrace.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last N offsets, a slot each, in pieces that are allocated when the first of their slots is used. A slot is free, or
 * has the last occurrence of an event.
 */
final class OccurrenceRing {
    static final int SLOT_BYTES = 3 * Long.BYTES + 2 * Integer.BYTES;

    /** The owner of a free slot. */
    static final int NO_OWNER = 0;

    private static final int PIECE_BITS = 12;
    private static final int PIECE_SLOTS = 1 << PIECE_BITS;
    private static final int PIECE_MASK = PIECE_SLOTS - 1;

    private final int slots;
    private final @Nullable Piece[] pieces;
    private long bytes;

    /** Slots side by side. The two halves of an id are neighbours, since they are compared together. */
    private static final class Piece {
        private final long[] ids;
        private final int[] owners;
        private final long[] receivedAtMillis;
        private final int[] olderLinks;

        Piece(int slots) {
            this.ids = new long[2 * slots];
            this.owners = new int[slots];
            this.receivedAtMillis = new long[slots];
            this.olderLinks = new int[slots];
        }
    }

    OccurrenceRing(int slots) {
        this.slots = slots;
        this.pieces = new Piece[(slots + PIECE_MASK) >>> PIECE_BITS];
        this.bytes = (long) pieces.length * Integer.BYTES;
    }

    int slots() {
        return slots;
    }

    int slot(long offset) {
        return (int) (offset % slots);
    }

    void set(int slot, EventKey key, long receivedAtMillis) {
        Piece piece = pieceFor(slot);
        int at = slot & PIECE_MASK;
        piece.ids[2 * at] = key.idMostSignificantBits;
        piece.ids[2 * at + 1] = key.idLeastSignificantBits;
        piece.owners[at] = key.owner;
        piece.receivedAtMillis[at] = receivedAtMillis;
    }

    /** What {@link OccurrenceChains} keeps here. */
    void setOlderLink(int slot, int link) {
        pieceFor(slot).olderLinks[slot & PIECE_MASK] = link;
    }

    /** 0 of a slot that was never used. */
    int olderLink(int slot) {
        Piece piece = pieces[slot >>> PIECE_BITS];
        return piece == null ? 0 : piece.olderLinks[slot & PIECE_MASK];
    }

    void free(int slot) {
        pieceFor(slot).owners[slot & PIECE_MASK] = NO_OWNER;
    }

    int owner(int slot) {
        Piece piece = pieces[slot >>> PIECE_BITS];
        return piece == null ? NO_OWNER : piece.owners[slot & PIECE_MASK];
    }

    long receivedAtMillis(int slot) {
        return pieceFor(slot).receivedAtMillis[slot & PIECE_MASK];
    }

    boolean holds(int slot, EventKey key) {
        Piece piece = pieces[slot >>> PIECE_BITS];
        int at = slot & PIECE_MASK;
        return piece != null
                && piece.ids[2 * at] == key.idMostSignificantBits
                && piece.ids[2 * at + 1] == key.idLeastSignificantBits
                && piece.owners[at] == key.owner;
    }

    /** Gives the key the content of a slot that is not free. */
    void read(int slot, EventKey key) {
        Piece piece = pieceFor(slot);
        int at = slot & PIECE_MASK;
        key.set(piece.ids[2 * at], piece.ids[2 * at + 1], piece.owners[at]);
    }

    void clear() {
        Arrays.fill(pieces, null);
        bytes = (long) pieces.length * Integer.BYTES;
    }

    long bytes() {
        return bytes;
    }

    private Piece pieceFor(int slot) {
        int number = slot >>> PIECE_BITS;
        Piece piece = pieces[number];
        if (piece == null) {
            int size = Math.min(PIECE_SLOTS, slots - (number << PIECE_BITS));
            piece = new Piece(size);
            pieces[number] = piece;
            bytes += (long) size * SLOT_BYTES;
        }
        return piece;
    }
}
