package io.millrace.event;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** Messages that are events, nearly are, or are not, from a seed: what a foreign producer or a broken one may send. */
final class RandomMessages {
    private static final String[] TEXTS = {
        "",
        "a",
        "page_view",
        "u-1",
        "Größe",
        "日本語",
        "😀",
        "\u0000",
        "\u007F",
        "\u0085",
        "£",
        "x".repeat(128),
        "ö".repeat(128),
        "y".repeat(129),
        "z".repeat(256),
        "z".repeat(257),
        "ö".repeat(129),
        "f9d7ab84-8c9b-5112-add2-feda21b7f251",
        "F9D7AB84-8C9B-5112-ADD2-FEDA21B7F251",
        "f9d7ab84-8c9b-5112-add2-feda21b7f25g"
    };
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        1_000_000,
        1_000_001,
        1_767_268_800_123L,
        4_294_944_000_000L,
        4_294_944_000_001L,
        Amount.MICROS_MAX,
        Amount.MICROS_MAX + 1,
        -Amount.MICROS_MAX,
        1L << 32,
        (1L << 32) + 5,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private final Random random;
    private final RandomJson json;

    RandomMessages(long seed) {
        random = new Random(seed);
        json = new RandomJson(random);
    }

    byte[] next() {
        byte[] message = random.nextInt(4) == 0 ? anyFields() : plausible();
        return json.perhapsSpoilt(message);
    }

    /** In the order and form of {@link EventProtobuf#encode}. */
    private byte[] plausible() {
        return written(out -> {
            if (random.nextBoolean()) {
                out.writeByteArray(1, bytes(random.nextInt(50) == 0 ? 15 : 16));
            } else if (random.nextBoolean()) {
                out.writeString(2, "order-" + random.nextInt());
            }
            out.writeString(3, random.nextInt(20) == 0 ? text() : "page_view");
            if (random.nextBoolean()) {
                out.writeInt64(4, random.nextInt(20) == 0 ? number() : random.nextLong(4_000_000_000_000L));
            }
            for (int field = 5; field <= 7; field++) {
                out.writeString(field, random.nextInt(20) == 0 ? text() : "user" + random.nextInt(1_000));
            }
            if (random.nextBoolean()) {
                out.writeSInt64(8, random.nextInt(20) == 0 ? number() : random.nextLong(1_000_000_000L));
            }
            if (random.nextInt(4) != 0) {
                out.writeString(9, json.object());
            }
            if (random.nextInt(10) == 0) {
                out.writeUInt32(10, random.nextInt(1_000));
            }
        });
    }

    private byte[] anyFields() {
        return written(out -> {
            for (int i = random.nextInt(12); i > 0; i--) {
                int field = 1 + random.nextInt(random.nextInt(5) == 0 ? 40 : 10);
                switch (random.nextInt(8)) {
                    case 0 -> out.writeInt64(field, number());
                    case 1 -> out.writeSInt64(field, number());
                    case 2 -> out.writeFixed64(field, number());
                    case 3 -> out.writeFixed32(field, random.nextInt());
                    case 4 -> out.writeByteArray(field, bytes(16));
                    case 5 -> out.writeString(9, json.object());
                    case 6 -> out.writeString(3, "page_view");
                    default -> out.writeString(field, text());
                }
            }
        });
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] written(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
