package io.millrace.analytics;

import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.tail.Selection;
import java.time.Instant;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/** Questions to a {@link LogOfEvents}, aligned and not, of all kinds of points. */
public final class RandomSelection {
    private RandomSelection() {}

    public static Selection of(Random random) {
        SortedSet<String> types = new TreeSet<>();
        for (String type : LogOfEvents.TYPES) {
            if (random.nextInt(3) == 0) {
                types.add(type);
            }
        }
        return new Selection(
                LogOfEvents.TENANTS.get(random.nextInt(LogOfEvents.TENANTS.size())),
                range(random),
                types,
                points(random),
                random.nextInt(4) > 0,
                random.nextInt(3) == 0);
    }

    private static TimeRange range(Random random) {
        long unit = new long[] {1, 60_000, 3_600_000, 86_400_000}[random.nextInt(4)];
        long length = random.nextBoolean() ? 400_000 : 100L * 86_400_000;
        long a = random.nextLong(length);
        long b = random.nextLong(length);
        long now = LogOfEvents.NOW.toEpochMilli();
        return new TimeRange(
                Instant.ofEpochMilli((now - Math.max(a, b)) / unit * unit),
                Instant.ofEpochMilli((now - Math.min(a, b)) / unit * unit));
    }

    /** Points of a minute, an hour or a day, and such as an offset of seconds would make, which begin within minutes. */
    private static LongUnaryOperator points(Random random) {
        long width = new long[] {60, 3_600, 86_400}[random.nextInt(3)];
        long shift = random.nextInt(3) == 0 ? random.nextInt(60) : 0;
        return random.nextInt(4) == 0
                ? _ -> 0
                : millis -> Math.floorDiv(Math.floorDiv(millis, 1_000) - shift, width) * width + shift;
    }
}
