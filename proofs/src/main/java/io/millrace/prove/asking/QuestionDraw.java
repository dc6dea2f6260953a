package io.millrace.prove.asking;

import io.millrace.prove.traffic.Traffic;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws questions: about the present, the past and what is to come, ranges of seconds to years, on the minute, on the
 * hour and beside both, all types, some, and one that there is not.
 */
final class QuestionDraw {
    private static final long MINUTE_MILLIS = Width.MINUTE.millis();
    private static final long HOUR_MILLIS = Width.HOUR.millis();
    private static final long DAY_MILLIS = Width.DAY.millis();
    /** Of lengths: about what dashboards ask for, and then some. */
    private static final List<Long> LENGTHS_MILLIS = List.of(
            10_000L,
            MINUTE_MILLIS,
            5 * MINUTE_MILLIS,
            30 * MINUTE_MILLIS,
            HOUR_MILLIS,
            6 * HOUR_MILLIS,
            DAY_MILLIS,
            7 * DAY_MILLIS,
            100 * DAY_MILLIS,
            10_000 * DAY_MILLIS);
    /** Longer series are of no more use here and cost their time. */
    private static final int POINTS_MAX = 400;

    private static final List<Width> WIDTHS = List.of(Width.values());
    private static final String NO_SUCH_TYPE = "no_such_type";

    private final SplittableRandom random;
    private final InstantSource clock;

    QuestionDraw(SplittableRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    Question next() {
        long alignment = List.of(1L, MINUTE_MILLIS, MINUTE_MILLIS, HOUR_MILLIS, HOUR_MILLIS, DAY_MILLIS)
                .get(random.nextInt(6));
        long length = LENGTHS_MILLIS.get(random.nextInt(LENGTHS_MILLIS.size()));
        long from = aligned(end() - length, alignment);
        // Up to two thirds longer, so that not all ends are alike.
        long to = aligned(from + length + random.nextLong(1 + length * 2 / 3), alignment);
        String tenant =
                Traffic.TENANTS.get(random.nextInt(Traffic.TENANTS.size())).name();
        return new Question(tenant, from, Math.max(from, to), types(), width(to - from));
    }

    /** About where a range ends: mostly now or a little later, where everything moves. */
    private long end() {
        long now = clock.millis();
        return switch (random.nextInt(10)) {
            case 0 -> now - random.nextLong(90 * DAY_MILLIS);
            case 1 -> now - random.nextLong(HOUR_MILLIS);
            case 2 -> now + random.nextLong(DAY_MILLIS);
            case 3, 4 -> now;
            default -> now + random.nextLong(2 * MINUTE_MILLIS);
        };
    }

    private static long aligned(long millis, long width) {
        return millis - Math.floorMod(millis, width);
    }

    private List<String> types() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> List.of(type());
            case 2 -> List.of(type(), type());
            case 3 -> List.of(type(), NO_SUCH_TYPE);
            default -> List.of();
        };
    }

    private String type() {
        return Traffic.TYPES.get(random.nextInt(Traffic.TYPES.size()));
    }

    private @Nullable Width width(long lengthMillis) {
        Width width = WIDTHS.get(random.nextInt(WIDTHS.size()));
        return random.nextBoolean() && lengthMillis / width.millis() < POINTS_MAX ? width : null;
    }
}
