package io.millrace.event;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Valid events of every shape, from a seed. */
final class RandomEvents {
    private static final String[] TEXTS = {"", "a", "u-12", "Größe", "日本語", "😀", "with \"quotes\" and \\", "tab\there"
    };
    private final Random random;

    RandomEvents(long seed) {
        random = new Random(seed);
    }

    Event next() {
        return new Event(
                id(),
                "type" + random.nextInt(5),
                random.nextBoolean() ? null : Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                text(),
                text(),
                text(),
                random.nextBoolean() ? null : new Amount(random.nextLong(-Amount.MICROS_MAX, Amount.MICROS_MAX)),
                random.nextBoolean()
                        ? null
                        : EventProperties.of("{\"k\": %d, \"t\":[true,null]}".formatted(random.nextInt())),
                1);
    }

    private @Nullable EventId id() {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> EventId.of(new UUID(random.nextLong(), random.nextLong()));
            default -> EventId.of("order-" + random.nextInt());
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
