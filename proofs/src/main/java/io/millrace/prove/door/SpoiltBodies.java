package io.millrace.prove.door;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Bodies that are no events, no JSON, no UTF-8, or too much. The request around them is as it should be. */
final class SpoiltBodies {
    private static final int EDITS_MAX = 8;
    private static final int SLICE_MAX = 40;
    private static final int NOISE_MAX = 2_000;
    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final int EVENTS_MAX = 10_000;

    private static final Pattern SCALAR = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+(?:\\.\\d+)?");
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "tru",
            "1",
            "-",
            "1e",
            ".",
            "\n",
            "\"event_type\":\"x\"",
            "\"properties\":",
            "\"batch\":[",
            "\u0000",
            "//",
            "/*",
            "\uFEFF");
    private static final List<String> NOTHING =
            List.of("", " ", "\n\n\n", "null", "[]", "[,]", "{}", "\"\"", "0", "true", "{\"batch\":[]}", "[[]]");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "0",
            "-0.0",
            "NaN",
            "Infinity",
            "01",
            ".5",
            "0x10",
            "1e999999999",
            "-1e-999999999",
            "9".repeat(400),
            "0." + "1".repeat(2_000),
            "1.0000001",
            "999999999999.999999",
            "9223372036854775807",
            "-9223372036854775808",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\\x\"",
            "\"\\u12\"",
            "'x'",
            "\"\t\"",
            "\"9999-12-31T23:59:60Z\"",
            "\"0000-00-00T00:00:00Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"+1000000000-01-01T00:00:00Z\"",
            "\"2026-01-01T00:00:00+99:99\"",
            "\"" + "y".repeat(129) + "\"",
            "\"" + "y".repeat(257) + "\"",
            "\"" + "\\u00e9".repeat(200) + "\"",
            "{\"a\":1,\"a\":2}",
            "{\"\":{\"\":{}}}",
            "[1,]",
            "{\"a\"}",
            "\"x\":\"x\"",
            "\"x\",\"event_type\":\"y\"");
    private static final List<byte[]> NOT_UTF8 = List.of(
            bytes(0xFF),
            bytes(0xC0, 0x80),
            bytes(0xED, 0xA0, 0x80),
            bytes(0xF5, 0x80, 0x80, 0x80),
            bytes(0xE2, 0x82),
            bytes(0x80),
            bytes(0xF0, 0x9F, 0x98),
            bytes(0xEF, 0xBB, 0xBF),
            bytes(0x00),
            bytes(0xFE, 0xFF));

    static final List<Spoiling> ALL = List.of(
            new Spoiling("mutated", 24, (draft, random) -> Shot.of(draft.withBody(mutated(draft.body(), random)))),
            new Spoiling("cut off", 8, SpoiltBodies::cut),
            new Spoiling("other values", 20, (draft, random) -> replaced(draft, any(VALUES, random), random)),
            new Spoiling("nested", 6, (draft, random) -> replaced(draft, nest(random), random)),
            new Spoiling("no UTF-8", 8, SpoiltBodies::noUtf8),
            new Spoiling("noise", 6, (draft, random) -> Shot.of(draft.withBody(noise(random)))),
            new Spoiling("nothing", 3, (draft, random) -> Shot.of(draft.withBody(any(NOTHING, random)))),
            new Spoiling("too many events", 1, SpoiltBodies::tooMany),
            new Spoiling("too large", 1, SpoiltBodies::tooLarge),
            new Spoiling("large event", 1, (draft, random) -> replaced(draft, longText(random), random)));

    private SpoiltBodies() {}

    /** Bytes changed, put in, left out or repeated in a few places. */
    static byte[] mutated(byte[] body, SplittableRandom random) {
        byte[] mutated = body;
        for (int edits = random.nextInt(1, EDITS_MAX + 1); edits > 0; edits--) {
            int at = random.nextInt(mutated.length + 1);
            int length = Math.min(random.nextInt(1, SLICE_MAX), mutated.length - at);
            byte[] chance = new byte[random.nextInt(1, 4)];
            random.nextBytes(chance);
            mutated = switch (random.nextInt(4)) {
                case 0 -> spliced(mutated, at, Math.min(length, chance.length), chance);
                case 1 -> spliced(mutated, at, 0, chance);
                case 2 -> spliced(mutated, at, length, new byte[0]);
                default -> spliced(mutated, at, 0, Arrays.copyOfRange(mutated, at, at + length));
            };
        }
        return mutated;
    }

    /** With something in the place of some bytes. */
    private static byte[] spliced(byte[] body, int at, int length, byte[] insertion) {
        return new Bytes()
                .add(body, 0, at)
                .add(insertion, 0, insertion.length)
                .add(body, at + length, body.length - at - length)
                .all();
    }

    private static Shot cut(Draft draft, SplittableRandom random) {
        return Shot.of(draft.withBody(Arrays.copyOf(draft.body(), random.nextInt(draft.body().length))));
    }

    /** Another value, or several, in the place of a string or a number, which may be a name too. */
    private static Shot replaced(Draft draft, String value, SplittableRandom random) {
        String text = draft.text();
        List<MatchResult> scalars = SCALAR.matcher(text).results().toList();
        MatchResult scalar = scalars.get(random.nextInt(scalars.size()));
        return Shot.of(draft.withBody(text.substring(0, scalar.start()) + value + text.substring(scalar.end())));
    }

    private static String nest(SplittableRandom random) {
        int depth = List.of(31, 32, 33, 64, 500, 1_001, 20_000, 200_000).get(random.nextInt(8));
        boolean closed = random.nextBoolean();
        return random.nextBoolean()
                ? "[".repeat(depth) + (closed ? "]".repeat(depth) : "")
                : "{\"a\":".repeat(depth) + "1" + (closed ? "}".repeat(depth) : "");
    }

    private static Shot noUtf8(Draft draft, SplittableRandom random) {
        byte[] body = draft.body();
        if (random.nextInt(8) == 0) {
            return Shot.of(draft.withBody(draft.text()
                    .getBytes(any(
                            List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_32),
                            random))));
        }
        return Shot.of(draft.withBody(spliced(body, random.nextInt(body.length + 1), 0, any(NOT_UTF8, random))));
    }

    private static byte[] noise(SplittableRandom random) {
        if (random.nextBoolean()) {
            byte[] noise = new byte[random.nextInt(1, NOISE_MAX)];
            random.nextBytes(noise);
            return noise;
        }
        StringBuilder text = new StringBuilder();
        for (int tokens = random.nextInt(1, NOISE_MAX / 4); tokens > 0; tokens--) {
            text.append(any(TOKENS, random));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Shot tooMany(Draft draft, SplittableRandom random) {
        int events = EVENTS_MAX + random.nextInt(1, 1_000);
        String event = any(List.of("{}", "0", "{\"event_type\":\"x\"}"), random);
        return Shot.of(draft.withBody(
                        switch (random.nextInt(3)) {
                            case 0 -> "[" + (event + ",").repeat(events) + event + "]";
                            case 1 -> (event + "\n").repeat(events);
                            default -> "{\"batch\":[" + (event + ",").repeat(events) + event + "]}";
                        }))
                .heavy();
    }

    /** By a byte or by a megabyte, of blanks or of one string. */
    private static Shot tooLarge(Draft draft, SplittableRandom random) {
        int more = BODY_BYTES_MAX - draft.body().length + List.of(0, 1, 1 << 20).get(random.nextInt(3));
        String filling = random.nextBoolean() ? " ".repeat(more) : "\"" + "x".repeat(more);
        return Shot.of(
                Shot.Manner.ENDS,
                random.nextBoolean()
                        ? draft.withBody(draft.text() + filling).whole()
                        : draft.withBody(draft.text() + filling).chunked(random));
    }

    private static String longText(SplittableRandom random) {
        return "\"" + "z".repeat(random.nextInt(200_000, 600_000)) + "\"";
    }

    static <T> T any(List<T> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
