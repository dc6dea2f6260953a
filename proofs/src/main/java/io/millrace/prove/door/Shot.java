package io.millrace.prove.door;

import java.util.HexFormat;

/** What is written to a connection, and what its sender does then. */
final class Shot {
    private static final int SHOWN_BYTES_MAX = 600;
    private static final int HEAVY_BYTES = 1 << 20;

    private final byte[] bytes;
    private final Manner manner;
    private final boolean heavy;

    private Shot(byte[] bytes, Manner manner, boolean heavy) {
        this.bytes = bytes;
        this.manner = manner;
        this.heavy = heavy;
    }

    /** What a sender does behind its bytes. */
    enum Manner {
        /** A whole request: waits for the answer, and may go on with the same connection. */
        GOES_ON,
        /** Waits for an answer, and closes. */
        ENDS,
        /** The same with a request that is asked for its answer's head alone. */
        ENDS_BEHIND_HEAD,
        /** Writes further chunks until there is an answer, and closes. */
        NEVER_ENDS,
        /** Waits for an answer or for the end of the connection: where no request can be made out, either will do. */
        TAKES_ALL,
        /** Says that nothing more will come, and takes either too. */
        STOPS,
        /** Leaves without waiting. */
        LEAVES
    }

    static Shot of(Manner manner, byte[] bytes) {
        return new Shot(bytes, manner, bytes.length > HEAVY_BYTES);
    }

    /** The request as it is. */
    static Shot of(Draft draft) {
        return of(Manner.GOES_ON, draft.whole());
    }

    /** One that the door is to spend much memory on: not many of them at once, or it is right to say 503. */
    Shot heavy() {
        return new Shot(bytes, manner, true);
    }

    byte[] bytes() {
        return bytes;
    }

    Manner manner() {
        return manner;
    }

    boolean isHeavy() {
        return heavy;
    }

    /** Its beginning, in hexadecimal. */
    @Override
    public String toString() {
        int shown = Math.min(bytes.length, SHOWN_BYTES_MAX);
        return "%s, %,d bytes: %s%s"
                .formatted(
                        manner,
                        bytes.length,
                        HexFormat.of().formatHex(bytes, 0, shown),
                        shown < bytes.length ? "…" : "");
    }
}
