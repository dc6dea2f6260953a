package io.millrace.analytics.question;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The width of a series' points, in UTC. */
public enum Interval {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration width;

    Interval(Duration width) {
        this.width = width;
    }

    public Duration width() {
        return width;
    }

    /** {@return its name in the API} */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the interval of that name} */
    static Optional<Interval> of(String wire) {
        return Arrays.stream(values())
                .filter(interval -> interval.wire().equals(wire))
                .findFirst();
    }

    /** {@return how many points of this width a range touches} */
    long pointsOf(TimeRange range) {
        long first = Math.floorDiv(range.from().toEpochMilli(), width.toMillis());
        long end = Math.ceilDiv(range.to().toEpochMilli(), width.toMillis());
        return Math.max(0, end - first);
    }
}
