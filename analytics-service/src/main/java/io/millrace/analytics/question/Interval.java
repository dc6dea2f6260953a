package io.millrace.analytics.question;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The width of a series' points, in the time of a zone. Weeks start on Monday. */
public enum Interval {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    WEEK(Duration.ofDays(7)),
    /** The longest; months differ. */
    MONTH(Duration.ofDays(31));

    /** All of them, as a sentence has them. */
    static final String ALL = "minute, hour, day, week or month";

    /** The first Monday, in days since the epoch, which was a Thursday. */
    private static final long FIRST_MONDAY_DAY = 4;

    private final Duration width;

    Interval(Duration width) {
        this.width = width;
    }

    /** {@return how long it lasts while the zone's offset stays what it is} */
    long widthSeconds() {
        return width.toSeconds();
    }

    /** {@return one local time, in seconds since the local epoch, at which one of them starts} */
    long phaseSeconds() {
        return this == WEEK ? Duration.ofDays(FIRST_MONDAY_DAY).toSeconds() : 0;
    }

    /**
     * Whether one that comes again when clocks are set back starts again. An hour does, so that both have their point;
     * a day does not, it is longer.
     */
    boolean startsAgain() {
        return compareTo(DAY) < 0;
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
}
