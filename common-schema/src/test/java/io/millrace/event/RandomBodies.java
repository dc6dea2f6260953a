package io.millrace.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies in JSON whose events are valid, nearly are, or are not, from a seed: what clients and broken ones may send. */
final class RandomBodies {
    private static final List<String> ODD_VALUES = List.of(
            "null",
            "nul",
            "nulls",
            "true",
            "{}",
            "[]",
            "0",
            "-0",
            "-1",
            "007",
            "1.5",
            "1e3",
            "0.0000001",
            "999999999999.999999",
            "1000000000000",
            "4294944000000",
            "4294944000001",
            "999999999999999999",
            "1000000000000000000",
            "99999999999999999999",
            "\"\"",
            "\"7\"",
            "\"Größe 日本語 😀\"",
            "\"\u0001\"",
            "\"\u007f\"",
            "\"\u0085\"",
            "\"\\u0062\"",
            "\"\\n\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\q\"",
            "\"" + "x".repeat(128) + "\"",
            "\"" + "ö".repeat(128) + "\"",
            "\"" + "x".repeat(257) + "\"",
            "\"2001-01-01T00:47:00.123456789+05:30\"",
            "\"2001-02-30T00:00:00Z\"",
            "\"1969-12-31T23:59:59Z\"",
            "\"F9D7AB84-8C9B-5112-ADD2-FEDA21B7F251\"",
            "\"f9d7ab84-8c9b-5112-add2-feda21b7f25g\"");
    private static final String[] NAMES = {
        "event_id", "event_type", "timestamp", "user_id", "session_id", "product_id", "order_amount", "properties"
    };
    private static final String[] ODD_NAMES = {"eventId", "", "event_typ", "event_types", "event\\u005ftype", "weight"};

    private final Random random;
    private final RandomJson json;

    RandomBodies(long seed) {
        random = new Random(seed);
        json = new RandomJson(random);
    }

    byte[] next() {
        return json.perhapsSpoilt((json.space() + value() + json.space()).getBytes(UTF_8));
    }

    private String value() {
        int events = random.nextInt(6);
        return events == 0
                ? event()
                : IntStream.range(1, events)
                        .mapToObj(i -> event())
                        .collect(Collectors.joining(
                                json.space() + "," + json.space(), "[" + json.space(), json.space() + "]"));
    }

    private String event() {
        List<String> names = new ArrayList<>(List.of(NAMES));
        Collections.shuffle(names, random);
        names.removeIf(name -> !name.equals("event_type") && random.nextInt(4) == 0);
        if (random.nextInt(30) == 0) {
            names.add(NAMES[random.nextInt(NAMES.length)]);
        }
        if (random.nextInt(30) == 0) {
            names.add(ODD_NAMES[random.nextInt(ODD_NAMES.length)]);
        }
        return names.stream()
                .map(this::member)
                .collect(Collectors.joining(json.space() + "," + json.space(), "{" + json.space(), json.space() + "}"));
    }

    private String member(String name) {
        String value = random.nextInt(60) == 0 ? ODD_VALUES.get(random.nextInt(ODD_VALUES.size())) : usual(name);
        return '"' + name + '"' + json.space() + ':' + json.space() + value;
    }

    private String usual(String name) {
        return switch (name) {
            case "event_id" -> "\"" + new UUID(random.nextLong(), random.nextLong()) + "\"";
            case "timestamp" ->
                random.nextBoolean() ? "\"2026-11-20T10:00:00.123Z\"" : Long.toString(random.nextLong(1L << 41));
            case "order_amount" -> random.nextInt(1_000) + "." + random.nextInt(100);
            case "properties" -> json.object().strip();
            default -> "\"" + name + random.nextInt(1_000) + "\"";
        };
    }
}
