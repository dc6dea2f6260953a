package io.millrace.prove.door;

import static io.millrace.prove.door.SpoiltBodies.any;

import io.millrace.prove.door.Shot.Manner;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Requests that are no good HTTP: their head, or how their body's end is told, or that it never comes. */
final class SpoiltFrames {
    private static final int HEAD_BYTES_MAX = 8_192;
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    /** Each is one that cannot be, or that two parties may read differently. */
    private static final List<List<String>> LENGTHS = List.of(
            List.of("Content-Length: many"),
            List.of("Content-Length: -1"),
            List.of("Content-Length: +5"),
            List.of("Content-Length: 1, 2"),
            List.of("Content-Length: 0x10"),
            List.of("Content-Length: "),
            List.of("Content-Length: 99999999999999999999"),
            List.of("Content-Length: 5", "Content-Length: 6"),
            List.of("Content-Length: 5", CHUNKED),
            List.of("Transfer-Encoding: identity"),
            List.of("Transfer-Encoding: gzip, chunked"),
            List.of("Transfer-Encoding: xchunked"),
            List.of("Transfer-Encoding : chunked"),
            List.of(CHUNKED, "Transfer-Encoding: identity"));

    private static final List<String> CHUNKS = List.of(
            "zz\r\n{}\r\n0\r\n\r\n",
            "-2\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}garbage\r\n0\r\n\r\n",
            "FFFFFFFFFFFFFFFFF\r\n{}\r\n",
            "7FFFFFFF\r\n{}\r\n",
            "\r\n{}\r\n0\r\n\r\n",
            "2 ; " + "x".repeat(10_000) + "\r\n{}\r\n0\r\n\r\n",
            "2;a=\"\r\n{}\r\n0\r\n\r\n",
            "2\n{}\n0\n\n",
            "2\r\n{}\r\n",
            "2\r\n{",
            "2\r\n{}\r\n0\r\nX: " + "y".repeat(10_000) + "\r\n\r\n",
            "2\r\n{}\r\n0\r\nContent-Length: 7\r\nno trailer\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n");

    private static final List<String> NO_HTTP = List.of(
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "PRI * HTTP/2.0\r\n\r\nSM",
            "GET /",
            "POST /v1/events HTTP/9.9",
            "POST /v1/events HTTP/1.1 HTTP/1.1",
            "POST http://[::1 HTTP/1.1\r\nHost: x",
            "POST /v1/%zz HTTP/1.1\r\nHost: x",
            "POST \\v1\\events HTTP/1.1\r\nHost: x",
            "POST //v1//events/../.. HTTP/1.1\r\nHost: x",
            "POST /v1/events\u0000 HTTP/1.1\r\nHost: x",
            "CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x",
            "POST * HTTP/1.1\r\nHost: x",
            "POST /v1/events HTTP/1.1\r\nno field",
            "POST /v1/events HTTP/1.1\r\n: empty",
            "POST /v1/events HTTP/1.1\r\nHost: x\r\n folded: y",
            "POST /v1/events HTTP/1.1\r\nHost: a\u0000b",
            "POST /v1/events HTTP/1.1\r\nCon tent-Length: 0",
            "POST /v1/events HTTP/1.1",
            "POST /v1/events HTTP/1.0",
            "\u00ff\u00fe\u0000\u0001");

    static final List<Spoiling> ALL = List.of(
            new Spoiling("large head", 2, SpoiltFrames::largeHead),
            new Spoiling("no HTTP", 4, (_, random) -> noHttp(any(NO_HTTP, random))),
            new Spoiling("wrong length", 8, SpoiltFrames::wrongLength),
            new Spoiling("broken chunks", 4, SpoiltFrames::brokenChunks),
            new Spoiling("never ends", 1, (draft, _) -> Shot.of(Manner.NEVER_ENDS, draft.framed(new byte[0], CHUNKED))),
            new Spoiling("sender leaves", 8, SpoiltFrames::leaves));

    private SpoiltFrames() {}

    /** Lines, fields or a target of more than a head may have. */
    private static Shot largeHead(Draft draft, SplittableRandom random) {
        int bytes = HEAD_BYTES_MAX + random.nextInt(1, HEAD_BYTES_MAX);
        return Shot.of(
                Manner.ENDS,
                switch (random.nextInt(3)) {
                    case 0 -> draft.with("X-Large", "x".repeat(bytes)).whole();
                    case 1 -> draft.framed(draft.body(), lines(bytes, draft));
                    default ->
                        draft.withTarget("/v1/events?" + "x".repeat(bytes)).whole();
                });
    }

    private static String[] lines(int bytes, Draft draft) {
        String[] lines = new String[bytes / 10];
        Arrays.fill(lines, "X-Many: 1");
        lines[0] = "Content-Length: " + draft.body().length;
        return lines;
    }

    private static Shot noHttp(String beginning) {
        return Shot.of(
                Manner.TAKES_ALL, new Bytes().add(beginning).add("\r\n\r\n").all());
    }

    /** Too long, and then waits or stops; too short; or a length that is none. */
    private static Shot wrongLength(Draft draft, SplittableRandom random) {
        byte[] body = draft.body();
        return switch (random.nextInt(12)) {
            case 0 -> Shot.of(Manner.ENDS, draft.framed(body, "Content-Length: " + (body.length + 5)));
            case 1, 2 -> Shot.of(Manner.STOPS, draft.framed(body, "Content-Length: " + (body.length + 5)));
            case 3 -> Shot.of(Manner.ENDS, draft.framed(body, "Content-Length: 5000000000"));
            case 4 -> Shot.of(Manner.ENDS, draft.framed(body, "Content-Length: " + random.nextInt(body.length)));
            case 5 -> Shot.of(Manner.ENDS, draft.framed(body));
            default ->
                Shot.of(
                        Manner.TAKES_ALL,
                        draft.framed(body, any(LENGTHS, random).toArray(String[]::new)));
        };
    }

    private static Shot brokenChunks(Draft draft, SplittableRandom random) {
        if (random.nextInt(3) > 0) {
            return Shot.of(
                    Manner.TAKES_ALL,
                    draft.framed(new Bytes().add(any(CHUNKS, random)).all(), CHUNKED));
        }
        byte[] whole = draft.chunked(random);
        int headBytes = draft.framed(new byte[0], CHUNKED).length;
        byte[] frame = SpoiltBodies.mutated(Arrays.copyOfRange(whole, headBytes, whole.length), random);
        return Shot.of(Manner.TAKES_ALL, draft.framed(frame, CHUNKED));
    }

    private static Shot leaves(Draft draft, SplittableRandom random) {
        byte[] whole = random.nextBoolean() ? draft.whole() : draft.chunked(random);
        int sent = random.nextInt(3) == 0 ? whole.length : random.nextInt(whole.length);
        return Shot.of(Manner.LEAVES, Arrays.copyOf(whole, sent));
    }
}
