package io.millrace.prove.door;

import io.millrace.prove.traffic.Seed;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/** Draws requests by number: one seed and number give one request, whoever sends it and when. */
final class RequestDraw {
    private static final List<Dialect> DIALECTS = List.of(Dialect.values());

    private final Seed seed;
    private final String key;

    /** With a key that may send events. */
    RequestDraw(Seed seed, String key) {
        this.seed = seed;
        this.key = key;
    }

    /**
     * A spoilt request.
     *
     * @param way how it was spoilt
     */
    record Spoilt(String way, Shot shot) {}

    Spoilt spoilt(int number) {
        SplittableRandom random = seed.random("spoilt", number);
        Dialect dialect = dialect(random);
        Spoiling spoiling = AllSpoiling.draw(random);
        Draft draft = dialect.draft(ids(dialect, random), key, random);
        return new Spoilt(spoiling.name(), spoiling.way().spoil(draft, random));
    }

    Whole whole(int number) {
        SplittableRandom random = seed.random("whole", number);
        Dialect dialect = dialect(random);
        List<String> ids = ids(dialect, random);
        Draft draft = packed(dialect.draft(ids, key, random), random);
        byte[] bytes = random.nextInt(4) == 0 ? draft.chunked(random) : draft.whole();
        return new Whole(
                Shot.of(Shot.Manner.GOES_ON, bytes),
                dialect.success(),
                ids.stream().map(dialect::logged).toList());
    }

    /** A key in a body that is packed is not looked for. */
    private static Draft packed(Draft draft, SplittableRandom random) {
        int packing = draft.has("Authorization") ? random.nextInt(4) : 0;
        return switch (packing) {
            case 1 -> draft.with("Content-Encoding", "gzip").withBody(Packed.gzip(draft.body()));
            case 2 -> draft.with("Content-Encoding", "zstd").withBody(Packed.zstd(draft.body()));
            default -> draft;
        };
    }

    private static Dialect dialect(SplittableRandom random) {
        return SpoiltBodies.any(DIALECTS, random);
    }

    /** UUIDs, and texts that are none; by chance alone no two are equal. */
    private static List<String> ids(Dialect dialect, SplittableRandom random) {
        return IntStream.range(0, dialect.events(random))
                .mapToObj(_ -> new UUID(random.nextLong(), random.nextLong()))
                .map(id -> random.nextBoolean() ? id.toString() : "order/" + id)
                .toList();
    }
}
