package io.millrace.prove.door;

import static io.millrace.prove.door.SpoiltBodies.any;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bodies that are not what their {@code Content-Encoding} says, or unpack to far more than they are. */
final class SpoiltPacking {
    private static final List<String> OTHERS = List.of(
            "br", "deflate", "gzip, gzip", "gzip,zstd", "*", "zstd;q=1", "x-zstd", ",", "compress", "gzip\u00e9");

    static final List<Spoiling> ALL = List.of(
            new Spoiling("another encoding", 6, SpoiltPacking::mislabelled),
            new Spoiling("broken packing", 8, SpoiltPacking::broken),
            new Spoiling("bomb", 2, (draft, random) -> bomb(draft, any(Bombs.ALL, random))));

    private SpoiltPacking() {}

    private static Shot mislabelled(Draft draft, SplittableRandom random) {
        return Shot.of(
                switch (random.nextInt(5)) {
                    case 0 -> draft.with("Content-Encoding", "gzip");
                    case 1 -> draft.with("Content-Encoding", "zstd");
                    case 2 -> draft.with("Content-Encoding", "zstd").withBody(Packed.gzip(draft.body()));
                    case 3 -> draft.with("Content-Encoding", "gzip").withBody(Packed.zstd(draft.body()));
                    default -> draft.with("Content-Encoding", any(OTHERS, random));
                });
    }

    private static Shot broken(Draft draft, SplittableRandom random) {
        boolean gzip = random.nextBoolean();
        byte[] packed = gzip ? Packed.gzip(draft.body()) : Packed.zstd(draft.body());
        byte[] spoilt = random.nextBoolean()
                ? SpoiltBodies.mutated(packed, random)
                : Arrays.copyOf(packed, random.nextInt(packed.length));
        return Shot.of(draft.with("Content-Encoding", gzip ? "gzip" : "zstd").withBody(spoilt));
    }

    private static Shot bomb(Draft draft, Bombs.Bomb bomb) {
        return Shot.of(draft.with("Content-Encoding", bomb.encoding()).withBody(bomb.bytes()))
                .heavy();
    }

    /** Made once, since that takes time. */
    private static final class Bombs {
        private static final int UNPACKED_BYTES = 32 << 20;
        private static final int PATTERN_BYTES = 4_000;

        private static final byte[] BLANKS = " ".repeat(UNPACKED_BYTES).getBytes(StandardCharsets.US_ASCII);

        static final List<Bomb> ALL = List.of(
                new Bomb("gzip", Packed.gzip(BLANKS)),
                new Bomb("zstd", Packed.zstd(BLANKS)),
                // Within the ratio, and so large all the same that it ends at the limit of what is unpacked.
                new Bomb("gzip", Packed.gzip(pattern())),
                new Bomb("gzip", Packed.gzip(Packed.gzip(BLANKS))),
                // A frame that asks for a window of 2 GiB, and has one block of a byte repeated (RFC 8878).
                new Bomb("zstd", new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) 0xA8, 3, 0, 16, 'x'}));

        /** A body that is packed. */
        private static final class Bomb {
            private final String encoding;
            private final byte[] bytes;

            Bomb(String encoding, byte[] bytes) {
                this.encoding = encoding;
                this.bytes = bytes;
            }

            String encoding() {
                return encoding;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /** Lines that have enough of chance in them to be packed a hundred times smaller, and no more. */
        private static byte[] pattern() {
            SplittableRandom random = new SplittableRandom(1);
            byte[] line = new byte[PATTERN_BYTES];
            random.nextBytes(line);
            byte[] all = new byte[UNPACKED_BYTES];
            for (int at = 0; at < all.length; at += PATTERN_BYTES) {
                System.arraycopy(line, 0, all, at, Math.min(PATTERN_BYTES, all.length - at));
                all[at] = (byte) random.nextInt();
            }
            return all;
        }
    }
}
