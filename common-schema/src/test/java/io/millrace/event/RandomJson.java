package io.millrace.event;

import java.util.Arrays;
import java.util.Random;

/** JSON objects of every shape, and some that only look like one. */
final class RandomJson {
    private static final String[] STRINGS = {
        "",
        "DTW",
        "66",
        "-1.5e3",
        "1e",
        "01",
        "true",
        "falsey",
        "null",
        "nul",
        "{",
        "[1]",
        "日本語 😀",
        "tab\\there",
        "\\\"q\\\"",
        "\\u0041\\u00e9\\u20AC",
        "\\u007b",
        "\\u0031",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\uDC00x",
        "\\u12g4",
        "\\/",
        "\\x",
        "a\\\\udx",
        "a\u0001b",
        "\u007f",
        "-",
        "7\\n"
    };
    private static final String[] SCALARS = {
        "0",
        "-0",
        "66",
        "-1",
        "1.50",
        "1E+5",
        "1e-05",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "-",
        "NaN",
        "true",
        "false",
        "null",
        "True",
        "nul",
        "123456789012345678901234567890",
        "0.1e999999"
    };
    private static final String[] SPACES = {"", "", "", "", " ", "\n", "\t\r", "  ", "\u00a0", "\f"};
    private static final String ALPHABET = "{}[]:,\"\\u0123456789abtrfnle-+. \n\t/dD";

    private final Random random;
    /** How many of a hundred are drawn from what may be wrong. */
    private int oddPercent;

    RandomJson(Random random) {
        this.random = random;
    }

    String object() {
        oddPercent = random.nextInt(3) == 0 ? 10 : 0;
        int shape = random.nextInt(200);
        return switch (shape) {
            case 0 -> deep(EventLimits.NESTING_MAX - 3 + random.nextInt(4), random.nextBoolean());
            case 1 -> wide(EventLimits.PROPERTY_KEYS_MAX - 1 + random.nextInt(3));
            case 2 -> "{\"%s\":1}".formatted("k".repeat(EventLimits.PROPERTY_KEY_BYTES_MAX - 1 + random.nextInt(3)));
            case 3 -> value(0);
            case 4 -> "";
            default -> space() + object(0) + space();
        };
    }

    /** Leaves most as they are; of others it cuts off the end, or puts other bytes into them. */
    byte[] perhapsSpoilt(byte[] bytes) {
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1, 2 -> mutated(bytes);
            default -> bytes;
        };
    }

    private byte[] mutated(byte[] bytes) {
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                    ? (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()))
                    : (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String object(int depth) {
        StringBuilder text = new StringBuilder("{").append(space());
        for (int rest = random.nextInt(6); rest > 0; rest--) {
            text.append(key()).append(space()).append(odd() ? "" : ":").append(space());
            text.append(value(depth + 1))
                    .append(space())
                    .append(rest > 1 || odd() ? "," : "")
                    .append(space());
        }
        return text.append('}').toString();
    }

    private String array(int depth) {
        StringBuilder text = new StringBuilder("[").append(space());
        for (int rest = random.nextInt(4); rest > 0; rest--) {
            text.append(value(depth + 1))
                    .append(space())
                    .append(rest > 1 || odd() ? "," : "")
                    .append(space());
        }
        return text.append(']').toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0, 1 -> string();
            case 2, 3 -> SCALARS[random.nextInt(odd() ? SCALARS.length : 6)];
            case 4 -> object(depth);
            default -> array(depth);
        };
    }

    private String key() {
        return random.nextInt(10) == 0 ? string() : "\"key" + random.nextInt(12) + "\"";
    }

    private String string() {
        return '"' + STRINGS[random.nextInt(STRINGS.length)] + '"';
    }

    String space() {
        return SPACES[random.nextInt(odd() ? SPACES.length : 8)];
    }

    private boolean odd() {
        return random.nextInt(100) < oddPercent;
    }

    private static String deep(int levels, boolean objects) {
        return objects
                ? "{\"a\":".repeat(levels) + "0" + "}".repeat(levels)
                : "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    private static String wide(int keys) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < keys; i++) {
            text.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":").append(i);
        }
        return text.append('}').toString();
    }
}
